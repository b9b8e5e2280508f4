/** What a person sees: the dashboard in a real browser, on a server in a process of its own, fed over MLLP. */
@NullMarked
package org.chevet.web.browser;

import org.jspecify.annotations.NullMarked;
