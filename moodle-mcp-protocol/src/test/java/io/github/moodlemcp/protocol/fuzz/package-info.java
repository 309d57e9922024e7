/** What must hold for any input: properties of the codecs and the classifier, and the targets of the fuzzer. */
@NullMarked
package io.github.moodlemcp.protocol.fuzz;

import org.jspecify.annotations.NullMarked;
