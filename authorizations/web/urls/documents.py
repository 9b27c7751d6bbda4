"""Addresses of the documents of a request."""

from django.urls import path

from authorizations.web.views import documents, marking, reading

urlpatterns = [
    path("aanvragen/<reference:reference>/documenten/", documents.step, name="intake-documents"),
    path("aanvragen/<reference:reference>/documenten/toevoegen/", documents.upload, name="document-upload"),
    path("aanvragen/<reference:reference>/documenten/bewaren/", documents.autosave, name="documents-autosave"),
    path("aanvragen/<reference:reference>/documenten/extra/", documents.extra, name="extra-documents"),
    path("aanvragen/<reference:reference>/documenten/<int:document_id>/", reading.view, name="document-view"),
    path(
        "aanvragen/<reference:reference>/documenten/<int:document_id>/pagina/<int:number>.webp",
        reading.page,
        name="document-page",
    ),
    path(
        "aanvragen/<reference:reference>/documenten/<int:document_id>/pagina/<int:number>-klein.webp",
        reading.small_page,
        name="document-small-page",
    ),
    path(
        "aanvragen/<reference:reference>/documenten/<int:document_id>/pagina/<int:number>/markeren/",
        marking.mark,
        name="pin-mark",
    ),
    path("aanvragen/<reference:reference>/plaatsen/<int:pin_id>/verwijderen/", marking.unmark, name="pin-remove"),
    path(
        "aanvragen/<reference:reference>/documenten/<int:document_id>/origineel/",
        reading.original,
        name="document-original",
    ),
]
