import CampaignStore
import Campaigns
import Dialer
import Foundation
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOSSL
import ServiceLifecycle
import Supervision
import SystemResources

/// The web application and the interface over one engine.
public struct OffhookServer: Sendable {
    public let parts: ServerParts
    /// All routes, with who may use them.
    public let routes: RouteTable

    /// A server over an engine of the same process.
    ///
    /// - Parameters:
    ///   - hub: the hub that the engine's `onChange` tells.
    ///   - templates: those of the share folder where they were read before; nil reads them.
    ///   - now: the wall clock.
    /// - Throws: where templates or static files cannot be read, as a sentence.
    public init(
        configuration: ServerConfiguration, store: CampaignStore, engine: DialerEngine, hub: LiveHub, logger: Logger,
        templates: PageTemplates? = nil, now: @escaping @Sendable () -> Instant
    ) throws {
        let metrics = PrometheusRegistry()
        let share = ShareData(folder: configuration.share, database: store.path)
        let files = [configuration.tls?.certificate, configuration.tls?.key].compactMap { $0 }
        let paths = ServerPaths(
            [store.path, store.path + ".uploads", store.path + ".key", store.path + ".rules", configuration.share.path]
                + files)
        try TokenGrant.endEndless(store, at: now())
        let longWork = LongWork()
        let limits = ConnectionLimits(
            descriptors: DescriptorLimit.current, phones: try store.devices().count,
            total: configuration.maxConnections, perAddress: configuration.maxConnectionsPerAddress)
        parts = ServerParts(
            configuration: configuration, store: store, engine: engine, logger: logger, now: now,
            pages: Pages(configuration, try templates ?? PageTemplates(share: configuration.share)),
            staticFiles: try StaticFiles(configuration), hub: hub,
            desks: DeskPresence(store: store, engine: engine, now: now),
            passwords: PasswordHasher(cost: configuration.passwords),
            throttle: LoginThrottle(), metrics: metrics,
            settings: try SettingsKeeper(store, configuration, logger: logger.of(.web)), share: share,
            standing: CampaignStanding(store: store, share: share, work: longWork, now: now),
            uploads: Uploads(folder: store.path + ".uploads"), paths: paths, threads: WebThreads(), longWork: longWork,
            running: RunningRequests(), connections: ConnectionGate(limits, proxies: configuration.trustedProxies))
        routes = Self.routes(parts)
        let running = parts.running
        engine.pulse.tellRunningWork { running.now.map(\.name) }
    }

    /// Every module of pages and of the interface adds its routes here.
    static func routes(_ parts: ServerParts) -> RouteTable {
        var table = RouteTable()
        StaticRoutes.add(to: &table, parts)
        LoginPages.add(to: &table, parts)
        LoginStepPages.add(to: &table, parts)
        AccountPages.add(to: &table, parts)
        SetupPages.add(to: &table, parts)
        HomePages.add(to: &table, parts)
        DeskRoutes.add(to: &table, parts)
        DeskPages.add(to: &table, parts)
        DeskInterface.add(to: &table, parts)
        LiveRoutes.add(to: &table, parts)
        HealthRoutes.add(to: &table, parts)
        PhoneEventRoutes.add(to: &table, parts)
        PhonePages.add(to: &table, parts)
        AdministrationPages.add(to: &table, parts)
        ManagerRoutes.add(to: &table, parts)
        MeResource.add(to: &table, parts)
        AttemptResources.add(to: &table, parts)
        ReportResources.add(to: &table, parts)
        ReportPages.add(to: &table, parts)
        RuleResources.add(to: &table, parts)
        NumberResources.add(to: &table, parts)
        WhyResources.add(to: &table, parts)
        WebhookResources.add(to: &table, parts)
        WebhookPages.add(to: &table, parts)
        OpenAPIRoutes.add(to: &table, parts)
        return table
    }

    /// The router with its middleware, for tests and for ``application(onRunning:)``.
    public func router() -> Router<ServeContext> {
        let router = Router(context: ServeContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: WebThreadsMiddleware(threads: parts.threads))
        router.add(middleware: RequestIDMiddleware(parts: parts))
        router.add(middleware: RequestRecordMiddleware(metrics: parts.metrics))
        router.add(middleware: SecurityHeadersMiddleware(configuration: parts.configuration))
        router.add(middleware: ErrorMiddleware(parts: parts))
        router.add(middleware: ProxiedRequestMiddleware(parts: parts))
        router.add(middleware: IdentityMiddleware(parts: parts))
        routes.register(on: router, parts)
        return router
    }

    /// The application that listens.
    ///
    /// - Parameter onRunning: told of the port once it listens.
    /// - Throws: where the certificate or its key cannot be read, as a sentence.
    public func application(
        onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
    ) throws -> Application<RouterResponder<ServeContext>> {
        let configuration = parts.configuration
        var builder = HTTPServerBuilder.web()
        if let files = configuration.tls { builder = try .tls(builder, tlsConfiguration: Self.tls(files)) }
        return Application(
            router: router(), server: builder,
            configuration: ApplicationConfiguration(address: .hostname(configuration.host, port: configuration.port)),
            onServerRunning: { [parts] channel in
                await parts.connections.guardConnections(
                    of: channel, isPlain: configuration.tls == nil, logger: parts.logger.of(.web))
                await onRunning(channel.localAddress?.port ?? configuration.port)
            },
            logger: libraryLogger)
    }

    /// Libraries speak up from warnings on: what they note of requests below may hold addresses and cookies.
    private var libraryLogger: Logger {
        var logger = parts.logger.of(.web)
        logger.logLevel = max(logger.logLevel, .warning)
        return logger
    }

    /// The services that run beside the application: live pages, webhooks, and what is swept up now and then.
    public var services: [any Service] {
        let beside: [any Service] = [
            parts.hub.service(parts), WebhookWorker(parts: parts), SessionSweeper(parts: parts),
        ]
        return beside.map { ThreadedService(service: $0, threads: parts.threads.background) }
    }

    /// The listener of the phones' Action URL; nil where none is configured.
    ///
    /// - Parameter onListening: told of its port once it listens.
    public func phoneEvents(onListening: @escaping @Sendable (Int) async -> Void = { _ in }) -> PhoneEventListener? {
        parts.configuration.phoneEvents.map { address in
            PhoneEventListener(address, logger: libraryLogger, onListening: onListening, hear: parts.hear)
        }
    }

    /// The OpenAPI document of the interface, over a database of its own that is thrown away.
    ///
    /// - Throws: where templates or data files cannot be read, as a sentence.
    public static func openAPI(_ configuration: ServerConfiguration) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try CampaignStore(path: folder.appendingPathComponent("empty.db").path)
        defer { try? store.close() }
        let logger = Logger(label: "openapi") { _ in SwiftLogNoOpLogHandler() }
        let engine = try DialerEngine(store: store, clock: .wall, options: EngineOptions(packs: [:]), logger: logger)
        let server = try OffhookServer(
            configuration: configuration, store: store, engine: engine, hub: try LiveHub(store: store), logger: logger,
            now: { Instant(Date()) })
        return OpenAPIRoutes.document(server.routes, configuration).json.text
    }

    /// A link to create the first administrator; nil where somebody can administer already.
    public func setupLink() throws -> String? {
        guard try !parts.store.hasAdministrator() else { return nil }
        return try OneTimeLink.make(
            for: nil, parts.store, parts.configuration.baseURL, parts.configuration.linkLength, parts.now())
    }

    private static func tls(_ files: ServerConfiguration.TLSFiles) throws -> TLSConfiguration {
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(files.certificate)
            let key = try NIOSSLPrivateKey(file: files.key, format: .pem)
            var configuration = TLSConfiguration.makeServerConfiguration(
                certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
            configuration.minimumTLSVersion = .tlsv12
            return configuration
        } catch {
            throw StoreError.refused(
                "The certificate \(files.certificate) or its key \(files.key) cannot be used: \(error). Give PEM files that belong together."
            )
        }
    }
}
