package io.github.moodlemcp.server.moodle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProposalTest {
    private static final List<Proposal> COURSES = List.of(
            new Proposal("Advanced Biology (id 7)", List.of("Advanced Biology", "BIO2")),
            new Proposal("Biology (id 5)", List.of("Biology", "BIO")),
            new Proposal("Études françaises (id 9)", List.of("Études françaises", "FR-1")),
            new Proposal("Große Straßen (id 12)", List.of("Große Straßen", "")),
            new Proposal("İstanbul tarihi (id 30)", List.of("İstanbul tarihi", "HIST")));

    @ParameterizedTest
    @CsvSource({
        "ETUDES, Études françaises (id 9)",
        "francaises, Études françaises (id 9)",
        "fr-1, Études françaises (id 9)",
        "grosse strassen, Große Straßen (id 12)",
        "istanbul, İstanbul tarihi (id 30)",
        "30, İstanbul tarihi (id 30)",
        "ologi études, ",
        "bio adv, Advanced Biology (id 7)",
        "vanced, Advanced Biology (id 7)",
        "Große Straßen (id 12), Große Straßen (id 12)",
        "chemistry, "
    })
    void whatIsTypedFitsWithoutRegardToCaseAndAccents(String typed, String expected) {
        assertThat(Proposal.fitting(COURSES, typed)).isEqualTo(expected == null ? List.of() : List.of(expected));
    }

    @Test
    void theBestComesFirst() {
        assertThat(Proposal.fitting(COURSES, "bio")).containsExactly("Biology (id 5)", "Advanced Biology (id 7)");
        assertThat(Proposal.fitting(COURSES, "bio2")).containsExactly("Advanced Biology (id 7)");
    }

    @Test
    void withNothingTypedAllAreProposedInTheirOrder() {
        assertThat(Proposal.fitting(COURSES, " "))
                .isEqualTo(COURSES.stream().map(Proposal::value).toList());
    }

    @Test
    void aValueIsProposedOnce() {
        assertThat(Proposal.fitting(List.of(COURSES.getFirst(), COURSES.getFirst()), "bio"))
                .hasSize(1);
    }

    @Test
    void signsAloneFitOnlyWhereTheyStand() {
        assertThat(Proposal.fitting(COURSES, "-")).containsExactly("Études françaises (id 9)");
    }
}
