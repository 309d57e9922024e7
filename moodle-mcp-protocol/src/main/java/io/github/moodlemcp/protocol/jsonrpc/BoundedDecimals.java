package io.github.moodlemcp.protocol.jsonrpc;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.math.BigDecimal;

/** A parser that refuses decimals so large or so small that one written in full, without exponent, fills the memory. */
final class BoundedDecimals extends JsonParserDelegate {
    static final int MAX_EXPONENT = 400;

    BoundedDecimals(JsonParser parser) {
        super(parser);
    }

    @Override
    public BigDecimal getDecimalValue() throws IOException {
        BigDecimal value;
        try {
            value = super.getDecimalValue();
        } catch (NumberFormatException e) {
            throw new StreamConstraintsException("An exponent is beyond the range of an int");
        }
        if (Math.abs((long) value.scale()) > MAX_EXPONENT) {
            throw new StreamConstraintsException("An exponent is beyond the limit");
        }
        return value;
    }
}
