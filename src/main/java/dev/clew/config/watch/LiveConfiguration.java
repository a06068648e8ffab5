package dev.clew.config.watch;

import dev.clew.config.gateway.GatewaySettings;
import dev.clew.config.gateway.InvalidGatewayFile;
import dev.clew.config.gateway.TraceLinkTemplates;
import dev.clew.config.yaml.ChangedFiles;
import dev.clew.config.yaml.SourceText;
import dev.clew.export.settings.DestinationFile;
import dev.clew.tenant.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration in force, which reloads its files. An unusable file keeps its last valid state. Blocks: never call
 * it on an event loop. Confined to one thread at a time.
 */
public final class LiveConfiguration {

    private final ConfigDirectory directory;
    private final GatewaySettings standard;
    private final ChangedFiles watch = new ChangedFiles();
    private final TenantFolder tenants;
    private GatewaySettings settings;
    private List<Problem> gatewayProblems;
    private Optional<SourceText> gatewayText;
    private Map<String, String> traceLinks;
    private Set<String> destinations;

    /** @throws InvalidGatewayFile with all problems of the gateway's own file */
    LiveConfiguration(ConfigDirectory directory, GatewaySettings standard) {
        this.directory = directory;
        this.standard = standard;
        this.gatewayProblems = new ArrayList<>();
        this.settings = directory.loadGateway(standard, gatewayProblems);
        this.gatewayText = directory.gatewayText();
        this.traceLinks = TraceLinkTemplates.of(gatewayText, directory.environment());
        this.destinations = directory.loadDestinations().names();
        this.tenants = directory.tenants(settings.tenantDefaults(), destinations);
    }

    /** Returns the configuration last read. */
    public LoadedConfiguration current() {
        List<Problem> problems = new ArrayList<>(gatewayProblems);
        problems.addAll(tenants.problems());
        return new LoadedConfiguration(
                settings,
                tenants.snapshot(),
                problems,
                List.copyOf(tenants.onLastGoodState()),
                tenants.leftOut(),
                new Sources(gatewayText, tenants.textsInForce(), traceLinks));
    }

    /** Reloads changed files; empty when none has changed, or a change is still being written. */
    public Optional<LoadedConfiguration> look() {
        boolean changed = lookAtGateway();
        return tenants.look() || changed ? Optional.of(current()) : Optional.empty();
    }

    private boolean lookAtGateway() {
        Set<Path> differing = watch.look(directory.gatewayPaths());
        if (differing.isEmpty()) {
            return false;
        }
        differing.forEach(watch::accept);
        GatewaySettings before = settings;
        List<Problem> problemsBefore = gatewayProblems;
        Map<String, String> linksBefore = traceLinks;
        Optional<SourceText> textBefore = gatewayText;
        gatewayProblems = new ArrayList<>();
        try {
            settings = directory.loadGateway(standard, gatewayProblems);
            gatewayText = directory.gatewayText();
            traceLinks = TraceLinkTemplates.of(gatewayText, directory.environment());
        } catch (InvalidGatewayFile broken) {
            // The previous settings stay in force; the problems are reported.
        }
        DestinationFile file = directory.loadDestinations();
        Set<String> known = file.readable() ? file.names() : destinations;
        boolean otherNames = !known.equals(destinations);
        if (!settings.tenantDefaults().equals(before.tenantDefaults()) || otherNames) {
            destinations = known;
            tenants.readAll(settings.tenantDefaults(), known);
        }
        return !settings.equals(before)
                || !gatewayProblems.equals(problemsBefore)
                || !traceLinks.equals(linksBefore)
                // Lines may have moved, of which the API tells.
                || !gatewayText.equals(textBefore)
                || otherNames;
    }
}
