// @ts-check
// What the board alone does not need. Its elements may stand in the page before they are defined here: they fill then.
import "./panels/help.js";
import "./panels/message-panel.js";
import "./panels/request-panel.js";
import "./panels/service-panel.js";
import "./panels/stay-panel.js";
import "./views/acts.js";
import "./views/anomalies.js";
import "./views/cleaning.js";
import "./views/discharges.js";
import "./views/forecast.js";
import "./views/group.js";
import "./views/layout.js";
import "./views/occupancy.js";
import "./views/plan.js";
import "./views/quarantine.js";
import "./views/requests.js";
