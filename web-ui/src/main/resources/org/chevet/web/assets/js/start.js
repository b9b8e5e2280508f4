// @ts-check
// The page's first script, and a small one: the board is on its way while the rest of the page still is.
import { followGroup } from "./core/group.js";
import { follow } from "./core/live.js";
import { route } from "./core/route.js";

if (route.value.hospital !== "") {
  follow(route.value.hospital);
} else if (route.value.view === "group") {
  followGroup();
}
