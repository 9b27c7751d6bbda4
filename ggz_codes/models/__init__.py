from ggz_codes.models.prestaties import CodeDomain, Prestatie
from ggz_codes.models.zorgtypes import Zorgtype

__all__ = ["CodeDomain", "Prestatie", "Zorgtype"]
