package io.github.moodlemcp.testkit.moodle;

/**
 * What one page shows, without the frame around it.
 *
 * @param title plain text
 * @param bodyId the id of the body element
 * @param bodyClass further classes of the body element
 * @param main the HTML of the main region
 */
record MoodlePage(String title, String bodyId, String bodyClass, Place place, String main) {
    /** Where in Moodle a page is: what {@code M.cfg} says about it. */
    record Place(long courseId, long courseContext, long context, long instance) {
        static Place system() {
            return new Place(1, 2, 1, 0);
        }

        static Place user(DemoUser user) {
            return new Place(1, 2, 10 + user.id(), user.id());
        }

        static Place course(long courseId) {
            return new Place(courseId, 100 + courseId, 100 + courseId, courseId);
        }

        static Place activity(long courseId, long activityId) {
            return new Place(courseId, 100 + courseId, 1_000 + activityId, activityId);
        }
    }
}
