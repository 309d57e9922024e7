package io.github.moodlemcp.bench.javasdk;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** Lets nobody pass without the key. */
final class BearerFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private final byte[] expected;

    BearerFilter(String key) {
        expected = bytes("Bearer " + key);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (isExpected(request.getHeader("Authorization"))) {
            chain.doFilter(request, response);
            return;
        }
        response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
    }

    private boolean isExpected(@Nullable String header) {
        return header != null && MessageDigest.isEqual(bytes(header), expected);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
