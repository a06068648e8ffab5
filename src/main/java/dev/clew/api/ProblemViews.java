package dev.clew.api;

import dev.clew.config.watch.LoadedConfiguration;
import dev.clew.management.Viewer;
import dev.clew.tenant.Problem;
import dev.clew.tenant.TenantId;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Supplier;

/** The problems of the configuration, and their consequences. */
final class ProblemViews {

    private static final String FOLDER = "tenants/";

    private final Supplier<LoadedConfiguration> configuration;

    ProblemViews(Supplier<LoadedConfiguration> configuration) {
        this.configuration = configuration;
    }

    JsonObject list(ApiRequest request) {
        LoadedConfiguration shown = configuration.get();
        List<Problem> problems = shown.problems().stream()
                .filter(problem -> request.concerns(tenantOf(problem.file())))
                .toList();
        JsonArray kept = new JsonArray();
        shown.onLastGoodState().stream()
                .map(TenantId::value)
                .filter(request::concerns)
                .forEach(kept::add);
        JsonArray leftOut = new JsonArray();
        shown.leftOut().stream()
                .filter(file -> request.concerns(tenantOf(file)))
                .forEach(leftOut::add);
        return new JsonObject()
                .put("problems", ApiJson.array(problems, problem -> problem(problem, request.viewer())))
                .put("onLastGoodState", kept)
                .put("leftOut", leftOut);
    }

    /** Returns the tenant whose file this is; empty for the gateway's own. */
    private static String tenantOf(String file) {
        int dot = file.lastIndexOf('.');
        return file.startsWith(FOLDER) && dot > FOLDER.length() ? file.substring(FOLDER.length(), dot) : "";
    }

    private static JsonObject problem(Problem problem, Viewer viewer) {
        return new JsonObject()
                .put("file", problem.file())
                .put("line", problem.line() == 0 ? null : problem.line())
                .put("column", problem.column() == 0 ? null : problem.column())
                .put("key", ApiJson.orNull(problem.key()))
                .put("message", viewer.seesAll() ? problem.message() : problem.publicMessage())
                .put("tolerated", problem.tolerated())
                .put("excerpt", ApiJson.orNull(problem.excerpt()));
    }
}
