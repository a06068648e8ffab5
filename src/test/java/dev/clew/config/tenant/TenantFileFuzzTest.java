package dev.clew.config.tenant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.clew.config.TenantFiles;
import dev.clew.tenant.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Damages a valid file at random. The seed is fixed, so that a failure can be reproduced. */
class TenantFileFuzzTest {

    private static final int ROUNDS = 4000;
    private static final String SPICE = "{}[]:,-\"'#&*!|>%@`\n\t ${}~?0\0\u00e9.<a";

    @Test
    void yieldsATenantOrProblemsWhateverTheFileHolds() {
        Random random = new Random(20_260_101);
        int tenants = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] file = damage(TenantFiles.VALID.getBytes(StandardCharsets.UTF_8), random);
            List<Problem> problems = new ArrayList<>();
            boolean read = TenantFiles.read(file, Map.of(), problems).isPresent();

            assertEquals(
                    read,
                    problems.stream().allMatch(Problem::tolerated),
                    () -> problems + " in\n" + new String(file, StandardCharsets.UTF_8));
            tenants += read ? 1 : 0;
        }
        // Damage that never, or always, breaks a file would test nothing.
        assertTrue(tenants > 0 && tenants < ROUNDS, "tenants read: " + tenants);
    }

    @Test
    void reportsAProblemForAnyKeyThatIsMisspelt() {
        String[] lines = TenantFiles.VALID.split("\n");
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i];
            String key = line.strip().replaceFirst("^- ", "").replaceFirst(":.*", "");
            lines[i] = line.replace(key + ":", key + "x:");
            List<String> problems = TenantFiles.problems(String.join("\n", lines));
            lines[i] = line;
            // Names of upstreams are arbitrary; a changed one breaks the route that refers to it.
            assertTrue(!problems.isEmpty(), "accepted: " + key + "x");
        }
    }

    private static byte[] damage(byte[] valid, Random random) {
        StringBuilder file = new StringBuilder(new String(valid, StandardCharsets.UTF_8));
        for (int times = 1 + random.nextInt(4); times > 0; times--) {
            int at = random.nextInt(file.length());
            int until = Math.min(file.length(), at + 1 + random.nextInt(30));
            switch (random.nextInt(5)) {
                case 0 -> file.delete(at, until);
                case 1 -> file.insert(at, SPICE.charAt(random.nextInt(SPICE.length())));
                case 2 -> file.setCharAt(at, SPICE.charAt(random.nextInt(SPICE.length())));
                case 3 -> file.insert(random.nextInt(file.length()), file.substring(at, until));
                default -> file.setCharAt(at, (char) random.nextInt(0x10000));
            }
        }
        byte[] damaged = file.toString().getBytes(StandardCharsets.UTF_8);
        if (random.nextInt(20) == 0) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        return damaged;
    }
}
