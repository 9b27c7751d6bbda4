from django.apps import AppConfig


class ContractingConfig(AppConfig):
    name = "contracting"
    verbose_name = "Contracten"
    default_auto_field = "django.db.models.BigAutoField"
