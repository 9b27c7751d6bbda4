/* A security key: the browser asks for it, we send what it says.
   <form data-key="create" or "get" data-options="{…}"> with a hidden field "credential" and a [data-key-message]. */
(() => {
  "use strict";
  const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (one) => one.charCodeAt(0));
  const words = (buffer) => buffer && btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  const listed = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));
  const asked = ({ publicKey }) => ({
    publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      ...(publicKey.user && { user: { ...publicKey.user, id: bytes(publicKey.user.id) } }),
      ...(publicKey.excludeCredentials && { excludeCredentials: listed(publicKey.excludeCredentials) }),
      ...(publicKey.allowCredentials && { allowCredentials: listed(publicKey.allowCredentials) }),
    },
  });
  const told = (credential) => ({
    id: credential.id,
    rawId: words(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: Object.fromEntries(
      ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]
        .filter((name) => credential.response[name]).map((name) => [name, words(credential.response[name])]),
    ),
  });
  document.querySelectorAll("form[data-key]").forEach((form) => form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const message = form.querySelector("[data-key-message]");
    message.textContent = "";
    try {
      const credential = await navigator.credentials[form.dataset.key](asked(JSON.parse(form.dataset.options)));
      form.elements.credential.value = JSON.stringify(told(credential));
      form.submit();
    } catch (problem) {
      message.textContent = problem.name === "InvalidStateError"
        ? "Deze sleutel staat al bij uw account."
        : "Dat is niet gelukt. Probeer het opnieuw, of kies een andere manier.";
    }
  }));
})();
