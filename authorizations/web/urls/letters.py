"""Addresses of what leaves: letters as PDF and by post, and the whole dossier of a request."""

from django.urls import path

from authorizations.web.views import dossier, letters

urlpatterns = [
    path("aanvragen/<reference:reference>/ontvangstbevestiging.pdf", letters.receipt, name="receipt"),
    path("aanvragen/<reference:reference>/brieven/<uuid:letter>.pdf", letters.letter, name="letter"),
    path("aanvragen/<reference:reference>/dossier/", dossier.dossier, name="dossier"),
    path("beoordelen/post/", letters.batches, name="print-batches"),
    path("beoordelen/post/maken/", letters.make_batch, name="print-batch-make"),
    path("beoordelen/post/<int:batch>.pdf", letters.batch, name="print-batch"),
    path("beoordelen/post/<int:batch>/verstuurd/", letters.mark_sent, name="print-batch-sent"),
    path("beoordelen/post/brieven/<int:item>/retour/", letters.mark_returned, name="print-item-returned"),
    path("beoordelen/post/brieven/<int:item>/opnieuw/", letters.send_again, name="print-item-again"),
]
