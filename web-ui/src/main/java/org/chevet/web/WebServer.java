package org.chevet.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.ext.web.openapi.router.RequestExtractor;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.OpenAPIContract;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.chevet.runtime.WriterStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP side: routes, in the order a request passes them. Runs on one event loop, which also owns the boards.
 */
final class WebServer extends VerticleBase {
    static final String API_PATH = "/api/v1";

    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    private static final String CONTRACT = "openapi.yaml";
    private static final List<String> MUTATING = List.of("POST", "PUT", "PATCH", "DELETE");

    private final Configuration configuration;
    private final Hospitals hospitals;
    private final PrometheusMeterRegistry metrics;
    private final ActorHandler door = new ActorHandler();
    private final Map<String, LiveBoard> boards = new LinkedHashMap<>();
    private final String contract = contract();
    private final OpenAPIContract openApi = checked(contract);
    private final List<BoardMetrics> boardMetrics = new ArrayList<>();
    private int port;

    WebServer(Configuration configuration, Hospitals hospitals, PrometheusMeterRegistry metrics) {
        this.configuration = configuration;
        this.hospitals = hospitals;
        this.metrics = metrics;
    }

    /** Where it listens, once it does. */
    int port() {
        return port;
    }

    @Override
    public Future<?> start() {
        Context own = context;
        for (LiveHospital hospital : hospitals.all()) {
            LiveBoard board = new LiveBoard(vertx, own, hospital);
            board.start();
            boards.put(hospital.id().value(), board);
            boardMetrics.add(new BoardMetrics(metrics, board));
        }
        return listen();
    }

    @Override
    public Future<?> stop() {
        boards.values().forEach(LiveBoard::close);
        return Future.succeededFuture();
    }

    private Future<HttpServer> listen() {
        HttpServerOptions options = new HttpServerOptions()
                .setHost(configuration.http().host())
                .setPort(configuration.http().port())
                .setCompressionSupported(true)
                .setHttp2ClearTextEnabled(false)
                .setSendBufferSize(Limits.SEND_BUFFER_BYTES_MAX)
                .setMaxInitialLineLength(Limits.REQUEST_LINE_BYTES_MAX)
                .setMaxHeaderSize(Limits.HEADER_BYTES_MAX)
                .setReadIdleTimeout((int) Limits.READ_IDLE_MAX.toSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setMaxWebSocketFrameSize(Limits.WEB_SOCKET_FRAME_BYTES_MAX)
                .setMaxWebSocketMessageSize(Limits.WEB_SOCKET_MESSAGE_BYTES_MAX)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false);
        return vertx.createHttpServer(options)
                .requestHandler(routes())
                .listen()
                .onSuccess(server -> port = server.actualPort());
    }

    private Router routes() {
        IndexPage page = IndexPage.make(configuration.downtime());
        StaticFiles files = new StaticFiles(vertx, page);
        OriginHandler origins = new OriginHandler(configuration.http().host(), configuration.allowedOrigins());
        Router router = Router.router(vertx);
        router.route().handler(new SecurityHeaders(page.importMapHash()));
        router.route().handler(origins);
        reading(router, "/").handler(files::index);
        reading(router, "/hospitals/*").handler(files::index);
        reading(router, StaticFiles.WORKER_PATH).handler(files::worker);
        reading(router, StaticFiles.ASSETS_PATH + "*").handler(files::asset);
        reading(router, StaticFiles.VENDOR_PATH + "*").handler(files::vendor);
        reading(router, "/health/live").handler(request -> sendJson(request, 200, "{\"status\":\"up\"}"));
        reading(router, "/health/ready").handler(this::sendReadiness);
        reading(router, "/metrics").handler(this::sendMetrics);
        reading(router, API_PATH + "/openapi.yaml").handler(this::sendContract);
        router.get(API_PATH + "/hospitals/:hospital/live").handler(request -> follow(request, origins));
        router.route(API_PATH + "/*").handler(door);
        router.route(API_PATH + "/*").handler(WebServer::wantJson);
        router.route(API_PATH + "/*").subRouter(api());
        addErrorHandlers(router);
        return router;
    }

    private static Route reading(Router router, String path) {
        return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
    }

    private Router api() {
        RouterBuilder routes = RouterBuilder.create(vertx, openApi, RequestExtractor.withBodyHandler())
                .rootHandler(BodyHandler.create(false).setBodyLimit(Limits.BODY_BYTES_MAX));
        new ReadOperations(hospitals).addTo(routes);
        new ActOperations(hospitals).addTo(routes);
        new Quarantine(hospitals).addTo(routes);
        new LayoutOperations(hospitals).addTo(routes);
        return routes.createRouter();
    }

    private void follow(RoutingContext request, OriginHandler origins) {
        LiveHospital hospital = hospitals.of(request);
        if (hospital == null) {
            return;
        }
        if (!origins.isAllowed(request.request())) {
            OriginHandler.foreign().send(request);
        } else if (!door.mayFollow(request.request(), hospital.id())) {
            HttpProblem.of(403, "forbidden", "Not allowed", "this board may not be followed", null)
                    .send(request);
        } else if (!request.request().canUpgradeToWebSocket()) {
            request.response().putHeader(HttpHeaders.UPGRADE, "websocket");
            HttpProblem.of(426, "not-a-websocket", "Upgrade wanted", "this address is a WebSocket", null)
                    .send(request);
        } else if (clientCount() >= Limits.WEB_SOCKET_CLIENTS_MAX) {
            HttpProblem.unavailable(
                            clientCount() + " boards follow already, as many as this server serves",
                            "Close boards that nobody looks at, or try again.")
                    .send(request);
        } else {
            LiveBoard board = boards.get(hospital.id().value());
            request.request()
                    .toWebSocket()
                    .onSuccess(socket -> {
                        if (board != null) {
                            board.join(socket);
                        }
                    })
                    .onFailure(failure -> LOG.debug("a WebSocket upgrade failed", failure));
        }
    }

    private long clientCount() {
        return boards.values().stream().mapToLong(LiveBoard::clientCount).sum();
    }

    /** With the actor's header this is what keeps forms of other sites from posting here. */
    private static void wantJson(RoutingContext request) {
        String type = request.request().getHeader(HttpHeaders.CONTENT_TYPE);
        boolean json = type != null
                && type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT).equals("application/json");
        if (MUTATING.contains(request.request().method().name()) && !json) {
            HttpProblem.of(415, "not-json", "JSON wanted", "the body's Content-Type is not application/json", null)
                    .send(request);
        } else {
            request.next();
        }
    }

    private void sendReadiness(RoutingContext request) {
        boolean ready = hospitals.all().stream()
                .allMatch(hospital -> hospital.writer().status().writable());
        String body = Json.object(json -> {
            json.writeBooleanField("ready", ready);
            json.writeArrayFieldStart("hospitals");
            for (LiveHospital hospital : hospitals.all()) {
                WriterStatus status = hospital.writer().status();
                json.writeStartObject();
                json.writeStringField("id", hospital.id().value());
                json.writeBooleanField("writable", status.writable());
                json.writeStringField("condition", status.condition().name());
                Json.writeNullable(json, "reason", status.reason());
                Json.writeNullable(json, "advice", status.advice());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
        sendJson(request, ready ? 200 : 503, body);
    }

    private void sendMetrics(RoutingContext request) {
        boardMetrics.forEach(BoardMetrics::refresh);
        vertx.executeBlocking(() -> metrics.scrape(), false)
                .onSuccess(text -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
                        .end(text))
                .onFailure(request::fail);
    }

    private void sendContract(RoutingContext request) {
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/yaml; charset=utf-8")
                .end(contract);
    }

    private static void sendJson(RoutingContext request, int status, String json) {
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(json);
    }

    private static void addErrorHandlers(Router router) {
        router.errorHandler(
                404,
                request ->
                        HttpProblem.notFound("there is nothing at this address").send(request));
        router.errorHandler(
                405,
                request -> HttpProblem.of(
                                405,
                                "method",
                                "Wrong method",
                                "this address does not take "
                                        + request.request().method(),
                                null)
                        .send(request));
        router.errorHandler(
                413,
                request -> HttpProblem.of(
                                413,
                                "too-large",
                                "Too large",
                                "the body is larger than " + Limits.BODY_BYTES_MAX + " bytes",
                                null)
                        .send(request));
        router.errorHandler(
                400,
                request -> HttpProblem.invalid(ContractErrors.of(request.failure()))
                        .send(request));
        router.errorHandler(500, WebServer::sendFailure);
    }

    private static void sendFailure(RoutingContext request) {
        if (request.failure() instanceof HttpException failure && failure.getStatusCode() == 400) {
            HttpProblem.invalid(ContractErrors.of(failure)).send(request);
            return;
        }
        LOG.error(
                "{} {} failed",
                request.request().method(),
                request.currentRoute().getName(),
                request.failure());
        HttpProblem.of(500, "bug", "Something broke", "the server could not answer; its log says more", null)
                .send(request);
    }

    private static String contract() {
        try (InputStream file = WebServer.class.getResourceAsStream(CONTRACT)) {
            if (file == null) {
                throw new IllegalStateException(CONTRACT + " is missing from the jar");
            }
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(CONTRACT + " cannot be read", e);
        }
    }

    /**
     * Reading a contract unpacks the schemas of schemas to a folder that only an orderly end removes: so it is done by an
     * event loop that ends at once.
     */
    private static OpenAPIContract checked(String yaml) {
        Vertx reader = Vertx.vertx();
        try {
            return ChevetServer.await(OpenAPIContract.from(reader, parsed(yaml)), "the contract cannot be read");
        } finally {
            ChevetServer.await(reader.close(), "the contract's reader did not stop");
        }
    }

    /** As the router wants it: it does not know the media type of RFC 9457, and checks requests only. */
    static JsonObject parsed(String yaml) {
        try {
            JsonNode tree = new YAMLMapper().readTree(yaml.replace(HttpProblem.CONTENT_TYPE, "application/json"));
            return new JsonObject(Json.MAPPER.writeValueAsString(tree));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the contract is not YAML", e);
        }
    }
}
