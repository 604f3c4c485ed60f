import io.bactrian.config.SettingsLoader;
import io.bactrian.config.SyncDirection;
import io.bactrian.route.SyncManager;
import java.nio.file.Path;
import java.util.Map;

/**
 * Rounds in one process, as a daemon's: how many milliseconds each of them took. With a second
 * argument each waits for a line on standard input, and goes from local to remote.
 */
class Rounds {
    public static void main(String[] arguments) throws Exception {
        boolean asked = arguments.length > 1;
        SettingsLoader loader = new SettingsLoader(Path.of("."), null, System.getenv());
        try (SyncManager sync = SyncManager.open(loader.load(null, Map.of()).settings())) {
            for (int i = Integer.parseInt(arguments[0]); i > 0; i--) {
                if (asked) {
                    for (int c = 0; c != '\n'; c = System.in.read()) {}
                }
                long begun = System.nanoTime();
                if (!sync.synchronize(asked ? SyncDirection.LOCAL_TO_REMOTE : null).converged()) {
                    throw new IllegalStateException("the sides are not equal");
                }
                System.out.println("round " + (System.nanoTime() - begun) / 1e6);
            }
        }
    }
}
