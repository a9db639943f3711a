// Runs as soon as the facts are there: on a narrow screen they would fill it, so they wait folded.
if (matchMedia("(max-width: 44rem)").matches) document.querySelector(".about").open = false;
