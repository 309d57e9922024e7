/** What people see: one class per page or page action, and beside each page its view and its template. */
@NullMarked
package io.github.moodlemcp.portal.page;

import org.jspecify.annotations.NullMarked;
