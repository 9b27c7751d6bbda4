from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Who looked at what: the access log of NEN 7513. It knows none of the other apps."""

    name = "audit"
    verbose_name = "Logboek"

    def ready(self) -> None:
        from audit.web import signins

        signins.connect()
