from django.apps import AppConfig


class GgzCodesConfig(AppConfig):
    name = "ggz_codes"
    verbose_name = "Codes"
    default_auto_field = "django.db.models.BigAutoField"
