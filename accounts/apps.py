from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "Mensen en organisaties"
    default_auto_field = "django.db.models.BigAutoField"
