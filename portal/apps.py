from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The roof: it carries what a lower app asks for to the app that can do it."""

    name = "portal"
    verbose_name = "Portaal"

    def ready(self) -> None:
        from portal import receivers

        receivers.connect()
