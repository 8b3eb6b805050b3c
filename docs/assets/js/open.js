/* MO-THU-VIEN.html of the bundle: to the home page beside it. Without a way back to the opener,
   which would only lead here again. */
(function () {
  "use strict";
  location.replace("thu-vien/index.html");
})();
