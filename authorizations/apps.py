from django.apps import AppConfig


class AuthorizationsConfig(AppConfig):
    name = "authorizations"
    verbose_name = "Machtigingen"
    default_auto_field = "django.db.models.BigAutoField"
