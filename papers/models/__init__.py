from papers.models.files import File, PageImage
from papers.models.letters import Letter
from papers.models.mail import Mail
from papers.models.printing import PrintBatch, PrintItem

__all__ = ["File", "Letter", "Mail", "PageImage", "PrintBatch", "PrintItem"]
