package org.chevet.web;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.ext.web.openapi.router.RequestExtractor;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.chevet.runtime.WriterStatus;
import org.chevet.tension.TensionBoard;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP side: routes, in the order a request passes them. Runs on one event loop, which also owns the boards.
 */
final class WebServer extends VerticleBase {
    static final String API_PATH = "/api/v1";

    private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
    private static final int ACCEPT_BACKLOG = 1024;

    /** What the kernel may hold for one connection, before queues here begin to fill. */
    private static final int SEND_BUFFER_BYTES = 128 * 1024;

    private static final int WEB_SOCKET_CLOSING_SECONDS_MAX = 2;

    /** What is asked when the server stops has so long to be answered. */
    private static final int ENDING_SECONDS_MAX = 3;

    private static final String STOPPING = "the server stops";
    private static final List<String> MUTATING = List.of("POST", "PUT", "PATCH", "DELETE");

    private final Configuration configuration;
    private final Limits limits;
    private final Hospitals hospitals;
    private final Drills drills;
    private final @Nullable MemberAddresses members;
    private final PrometheusMeterRegistry metrics;
    private final ConnectionGuard guard;
    private final ActorHandler door = new ActorHandler();
    private final Map<String, LiveBoard> boards = new LinkedHashMap<>();
    private final Contract contract;
    private final Map<String, BoardMetrics> boardMetrics = new LinkedHashMap<>();
    private @Nullable HttpServer server;
    private @Nullable GroupBoard group;
    private @Nullable Outlooks outlooks;
    private final FuturesDesk futures = new FuturesDesk();
    private int port;

    /** @param members null for a process that is alone */
    WebServer(
            Configuration configuration,
            Hospitals hospitals,
            Drills drills,
            @Nullable MemberAddresses members,
            PrometheusMeterRegistry metrics,
            Contract contract) {
        this.configuration = configuration;
        this.limits = configuration.limits();
        this.hospitals = hospitals;
        this.drills = drills;
        this.members = members;
        this.metrics = metrics;
        this.contract = contract;
        guard = new ConnectionGuard(limits.http(), metrics);
    }

    /** Where it listens, once it does. */
    int port() {
        return port;
    }

    @Override
    public Future<?> start() {
        Context own = context;
        hospitals.listen(new Hospitals.Listener() {
            @Override
            public void opened(LiveHospital hospital) {
                on(own, () -> follow(hospital));
            }

            @Override
            public void closing(LiveHospital hospital) {
                on(own, () -> leave(hospital));
            }
        });
        Outlooks ahead = new Outlooks(vertx, own, hospitals, limits, metrics);
        ahead.start();
        outlooks = ahead;
        GroupBoard all = new GroupBoard(vertx, hospitals, ahead, members, limits);
        all.start();
        group = all;
        guard.start(vertx);
        return listen(all, ahead);
    }

    static void on(Context own, Runnable work) {
        if (Vertx.currentContext() == own) {
            work.run();
        } else {
            own.runOnContext(nothing -> work.run());
        }
    }

    private void follow(LiveHospital hospital) {
        LiveBoard board = new LiveBoard(vertx, context, hospital, () -> tension(hospital), limits);
        board.start();
        boards.put(hospital.id().value(), board);
        if (!hospital.isDrill()) {
            boardMetrics.put(hospital.id().value(), new BoardMetrics(metrics, board));
        }
    }

    private @Nullable TensionBoard tension(LiveHospital hospital) {
        Outlooks ahead = outlooks;
        return ahead == null ? null : ahead.tension(hospital.id());
    }

    private void leave(LiveHospital hospital) {
        LiveBoard board = boards.remove(hospital.id().value());
        if (board != null) {
            board.close("this server no longer has hospital " + hospital.id());
        }
        BoardMetrics figures = boardMetrics.remove(hospital.id().value());
        if (figures != null) {
            figures.close();
        }
    }

    @Override
    public Future<?> stop() {
        boards.values().forEach(board -> board.close(STOPPING));
        futures.close();
        if (outlooks != null) {
            outlooks.close(STOPPING);
        }
        if (group != null) {
            group.close();
        }
        HttpServer listening = server;
        return listening == null ? Future.succeededFuture() : listening.shutdown(ENDING_SECONDS_MAX, TimeUnit.SECONDS);
    }

    private Future<HttpServer> listen(GroupBoard all, Outlooks ahead) {
        Limits.Http http = limits.http();
        HttpServerOptions options = new HttpServerOptions()
                .setHost(configuration.http().host())
                .setPort(configuration.http().port())
                .setCompressionSupported(true)
                .setHttp2ClearTextEnabled(false)
                .setAcceptBacklog(ACCEPT_BACKLOG)
                .setSendBufferSize(SEND_BUFFER_BYTES)
                .setMaxInitialLineLength(http.requestLineBytesMax())
                .setMaxHeaderSize(http.headerBytesMax())
                .setReadIdleTimeout((int) http.idleMax().toSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setMaxWebSocketFrameSize(limits.live().messageBytesMax())
                .setMaxWebSocketMessageSize(limits.live().messageBytesMax())
                .setWebSocketClosingTimeout(WEB_SOCKET_CLOSING_SECONDS_MAX)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false);
        Router routes = routes(all, ahead);
        return vertx.createHttpServer(options)
                .connectionHandler(guard::connected)
                .requestHandler(request -> guard.guard(request, routes))
                .invalidRequestHandler(this::refuseInvalid)
                .listen()
                .onSuccess(listening -> {
                    server = listening;
                    port = listening.actualPort();
                });
    }

    private Router routes(GroupBoard all, Outlooks ahead) {
        IndexPage page = IndexPage.make(configuration.downtime());
        StaticFiles files = new StaticFiles(vertx, page);
        OriginHandler origins = new OriginHandler(
                configuration.http().host(),
                configuration.allowedOrigins(),
                configuration.cluster() == null ? null : configuration.cluster().address(),
                members);
        AllowedMethods methods = new AllowedMethods(contract.checked());
        ReadOperations reads = new ReadOperations(hospitals);
        Router router = Router.router(vertx);
        router.route().handler(this::watch);
        router.route().handler(new SecurityHeaders(page.inlineHashes(), members == null ? Set::of : members::origins));
        router.route().handler(origins);
        router.route().handler(methods);
        reading(router, "/").handler(files::index);
        reading(router, "/hospitals/*").handler(files::index);
        reading(router, "/group").handler(files::index);
        reading(router, StaticFiles.WORKER_PATH).handler(files::worker);
        reading(router, StaticFiles.ASSETS_PATH + "*").handler(files::asset);
        reading(router, StaticFiles.VENDOR_PATH + "*").handler(files::vendor);
        reading(router, "/health/live").handler(request -> sendJson(request, 200, "{\"status\":\"up\"}"));
        reading(router, "/health/ready").handler(this::sendReadiness);
        reading(router, "/metrics").handler(this::sendMetrics);
        reading(router, API_PATH + "/openapi.yaml").handler(this::sendContract);
        router.get(API_PATH + "/hospitals/:hospital/live").handler(request -> followHospital(request, origins));
        router.get(API_PATH + "/hospitals/:hospital/live/:topic")
                .handler(request -> followTopic(request, origins, ahead));
        router.get(API_PATH + "/group/live").handler(request -> follow(request, origins, hospitals.real(), all::join));
        // The contract has no word for HEAD. Its answer loses its body on the way out.
        router.route(API_PATH + "/*").handler(WebServer::headAsGet);
        router.route(API_PATH + "/*").handler(door);
        router.route(API_PATH + "/*").handler(WebServer::wantJson);
        router.get(API_PATH + "/hospitals/:hospital/services/:service/board")
                .handler(reads::sendServiceBoardIfThereIsOne);
        router.route(API_PATH + "/*").subRouter(api(reads, all, ahead));
        addErrorHandlers(router, methods);
        return router;
    }

    private void watch(RoutingContext request) {
        request.addEndHandler(made -> guard.answered(request.request()));
        request.next();
    }

    private static void headAsGet(RoutingContext request) {
        if (request.request().method().equals(HttpMethod.HEAD)) {
            request.reroute(HttpMethod.GET, request.request().uri());
        } else {
            request.next();
        }
    }

    private static Route reading(Router router, String path) {
        return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
    }

    private Router api(ReadOperations reads, GroupBoard all, Outlooks ahead) {
        RouterBuilder routes = RouterBuilder.create(vertx, contract.checked(), RequestExtractor.withBodyHandler())
                .rootHandler(
                        BodyHandler.create(false).setBodyLimit(limits.http().bodyBytesMax()))
                .rootHandler(new BodyCheck(limits.http().bodyDepthMax()));
        reads.addTo(routes);
        routes.getRoute("getGroup").addHandler(all::send);
        PlacementMetrics placement = new PlacementMetrics(vertx, metrics);
        new PlacementOperations(hospitals, placement).addTo(routes);
        new ActOperations(hospitals, placement).addTo(routes);
        new StayPlanOperations(hospitals).addTo(routes);
        new TensionOperations(ahead).addTo(routes);
        new ForecastOperations(ahead).addTo(routes);
        new FuturesOperations(ahead, futures).addTo(routes);
        new DrillOperations(vertx, hospitals, drills).addTo(routes);
        new Quarantine(hospitals).addTo(routes);
        new LayoutOperations(hospitals).addTo(routes);
        return routes.createRouter();
    }

    private void followHospital(RoutingContext request, OriginHandler origins) {
        LiveHospital hospital = hospitals.of(request);
        if (hospital == null) {
            return;
        }
        LiveBoard board = boards.get(hospital.id().value());
        if (board == null) {
            HttpProblem.unavailable("hospital " + hospital.id() + " is being opened", "Try again in a moment.")
                    .send(request);
        } else {
            follow(request, origins, List.of(hospital), board::join);
        }
    }

    private void followTopic(RoutingContext request, OriginHandler origins, Outlooks ahead) {
        Outlook outlook = ahead.of(request);
        if (outlook == null) {
            return;
        }
        String name = request.pathParam("topic");
        Topic topic = outlook.topic(name);
        if (topic == null) {
            HttpProblem.notFound("there is no topic " + name).send(request);
        } else {
            follow(request, origins, List.of(outlook.hospital()), topic::join);
        }
    }

    /** @param join makes a follower of the WebSocket, which the other argument hangs up */
    private void follow(
            RoutingContext request,
            OriginHandler origins,
            Collection<LiveHospital> followed,
            BiConsumer<ServerWebSocket, Runnable> join) {
        if (!origins.isAllowed(request.request())) {
            OriginHandler.foreign().send(request);
        } else if (!followed.stream().allMatch(hospital -> door.mayFollow(request.request(), hospital.id()))) {
            HttpProblem.of(403, "forbidden", "Not allowed", "this board may not be followed", null)
                    .send(request);
        } else if (!request.request().canUpgradeToWebSocket()) {
            request.response().putHeader(HttpHeaders.UPGRADE, "websocket");
            HttpProblem.of(426, "not-a-websocket", "Upgrade wanted", "this address is a WebSocket", null)
                    .send(request);
        } else if (clientCount() >= limits.live().clientsMax()) {
            HttpProblem.unavailable(
                            clientCount() + " boards follow already, as many as this server serves",
                            "Close boards that nobody looks at, or try again.")
                    .send(request);
        } else {
            request.request()
                    .toWebSocket()
                    .onSuccess(socket -> {
                        HttpConnection connection = request.request().connection();
                        guard.following(connection);
                        join.accept(socket, () -> ConnectionGuard.hangUp(connection));
                    })
                    .onFailure(failure -> LOG.debug("a WebSocket upgrade failed", failure));
        }
    }

    private long clientCount() {
        return boards.values().stream()
                        .mapToLong(board -> board.audience().clientCount())
                        .sum()
                + (outlooks == null ? 0 : outlooks.clientCount())
                + (group == null ? 0 : group.clientCount());
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
        boolean ready = hospitals.real().stream()
                .allMatch(hospital -> hospital.writer().status().writable());
        String body = Json.object(json -> {
            json.writeBooleanField("ready", ready);
            json.writeArrayFieldStart("hospitals");
            for (LiveHospital hospital : hospitals.real()) {
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
        boardMetrics.values().forEach(BoardMetrics::refresh);
        vertx.executeBlocking(() -> metrics.scrape(), false)
                .onSuccess(text -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")
                        .end(text))
                .onFailure(request::fail);
    }

    private void sendContract(RoutingContext request) {
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/yaml; charset=utf-8")
                .end(contract.yaml());
    }

    private static void sendJson(RoutingContext request, int status, String json) {
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(json);
    }

    private void addErrorHandlers(Router router, AllowedMethods methods) {
        router.errorHandler(
                404,
                request ->
                        HttpProblem.notFound("there is nothing at this address").send(request));
        router.errorHandler(405, methods::refuse);
        router.errorHandler(
                413,
                request -> HttpProblem.of(
                                413,
                                "too-large",
                                "Too large",
                                "the body is larger than " + limits.http().bodyBytesMax() + " bytes",
                                null)
                        .send(request));
        router.errorHandler(
                400,
                request -> HttpProblem.invalid(ContractErrors.of(request.failure()))
                        .send(request));
        router.errorHandler(500, WebServer::sendFailure);
        // So the body handler says that a body broke off, or that its chunks are none.
        router.errorHandler(200, WebServer::refuseBrokenBody);
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

    private static void refuseBrokenBody(RoutingContext request) {
        LOG.info(
                "the body of a {} broke off, or does not follow HTTP/1.1",
                request.request().method());
        notHttp().send(request.response(), true);
    }

    private static HttpProblem notHttp() {
        return HttpProblem.of(400, "not-http", "Not HTTP", "the request does not follow HTTP/1.1", null);
    }

    /** What is no HTTP, or too long for it. */
    private void refuseInvalid(HttpServerRequest request) {
        Throwable cause = request.decoderResult().cause();
        HttpProblem problem = switch (cause) {
            case TooLongHttpLineException line ->
                HttpProblem.of(
                        414,
                        "address-too-long",
                        "Too long",
                        "the request's first line is longer than "
                                + limits.http().requestLineBytesMax() + " bytes",
                        null);
            case TooLongHttpHeaderException headers ->
                HttpProblem.of(
                        431,
                        "headers-too-large",
                        "Too large",
                        "the headers are larger than " + limits.http().headerBytesMax() + " bytes",
                        null);
            case null, default -> notHttp();
        };
        problem.send(request.response(), true);
        request.connection().close();
    }
}
