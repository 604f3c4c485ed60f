import io.bactrian.config.SettingsLoader;
import io.bactrian.route.SyncManager;
import java.nio.file.Path;
import java.util.Map;

/** Rounds in one process, as a daemon's: how many milliseconds each of them took. */
class Rounds {
    public static void main(String[] arguments) throws Exception {
        SettingsLoader loader = new SettingsLoader(Path.of("."), null, System.getenv());
        try (SyncManager sync = SyncManager.open(loader.load(null, Map.of()).settings())) {
            for (int i = Integer.parseInt(arguments[0]); i > 0; i--) {
                long begun = System.nanoTime();
                if (!sync.synchronize(null).converged()) {
                    throw new IllegalStateException("the sides are not equal");
                }
                System.out.println("round " + (System.nanoTime() - begun) / 1e6);
            }
        }
    }
}
