package io.github.moodlemcp.portal.web;

import freemarker.cache.ClassTemplateLoader;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TimeZone;

/**
 * The one place where HTML is made: {@code .ftlh} templates, which escape everything that they print. Safe for use by
 * many threads.
 */
public final class Templates {
    private static final String FOLDER = "/io/github/moodlemcp/portal/page";

    private final Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);

    public Templates() {
        configuration.setTemplateLoader(new ClassTemplateLoader(Templates.class, FOLDER));
        configuration.setDefaultEncoding(StandardCharsets.UTF_8.name());
        configuration.setLocale(Locale.ENGLISH);
        configuration.setLocalizedLookup(false);
        configuration.setTimeZone(TimeZone.getTimeZone("UTC"));
        configuration.setNumberFormat("computer");
        configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        configuration.setFallbackOnNullLoopVariable(false);
    }

    /**
     * The page as HTML.
     *
     * @throws IllegalStateException if the template asks for something that the view does not have
     */
    public String render(View view, Frame frame) {
        StringWriter html = new StringWriter(8192);
        try {
            configuration.getTemplate(view.template() + ".ftlh").process(Map.of("page", view, "frame", frame), html);
        } catch (TemplateException e) {
            throw new IllegalStateException("The template " + view.template() + " does not fit its view", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return html.toString();
    }
}
