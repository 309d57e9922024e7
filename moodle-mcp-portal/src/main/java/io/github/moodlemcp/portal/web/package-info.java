/** What every page needs: addresses, templates, assets, web sessions, the gate in front of forms, and error pages. */
@NullMarked
package io.github.moodlemcp.portal.web;

import org.jspecify.annotations.NullMarked;
