package io.github.moodlemcp.testkit.moodle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilesTest {
    private static final Pattern FILE = Pattern.compile("href=\"[^\"]*(/pluginfile\\.php/[^\"]*)\"");

    private DemoMoodle moodle;
    private TestBrowser anna;
    private TestBrowser nobody;

    @BeforeEach
    void start() throws IOException {
        moodle = DemoMoodle.start();
        anna = TestBrowser.loggedIn(moodle, "anna");
        nobody = new TestBrowser(moodle);
    }

    @AfterEach
    void stop() {
        anna.close();
        nobody.close();
        moodle.close();
    }

    @ParameterizedTest
    @CsvSource({
        "/mod/resource/view.php?id=105&forceview=1, %PDF-",
        "/mod/folder/view.php?id=118, PK",
        "/mod/assign/view.php?id=106, PK"
    })
    void theFilesOfAnActivityAreLinkedOnItsPageAndAreThere(String page, String beginning) {
        Matcher file = FILE.matcher(anna.get(page).body());

        assertThat(file.find()).isTrue();
        HttpResponse<String> answer = anna.get(file.group(1) + "?forcedownload=1");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).startsWith(beginning);
        assertThat(answer.headers().firstValue("Content-Disposition")).contains("attachment");
    }

    @Test
    void aFileIsForThoseWhoMayOpenItsActivity() {
        Matcher file = FILE.matcher(anna.get("/mod/folder/view.php?id=118").body());
        assertThat(file.find()).isTrue();

        assertThat(TestBrowser.location(nobody.get(file.group(1)))).isEqualTo(moodle.wwwroot() + "/login/index.php");
        assertThat(anna.get("/pluginfile.php/1118/mod_folder/content/0/none.pdf")
                        .statusCode())
                .isEqualTo(404);
    }
}
