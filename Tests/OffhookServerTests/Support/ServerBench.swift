import CallingRules
import CampaignStore
import Campaigns
import Dialer
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Synchronization

@testable import OffhookServer

/// A server over a database of its own and an engine that is not started, with a clock that tests set.
final class ServerBench: Sendable {
    static let share = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("share")
    static let password = "four words in a row"

    let folder: URL
    let store: CampaignStore
    let engine: DialerEngine
    let hub: LiveHub
    let server: OffhookServer
    private let clock = Mutex(Instant(milliseconds: 1_773_151_200_000))

    init(
        publicURL: String? = nil, phoneEvents: PhoneEventListener.Address? = nil, trustedProxies: Set<String> = [],
        bodyLimit: Int = 1 << 20, uploadLimit: Int = 512 << 20, allowsLocalPhones: Bool = true,
        passcodes: PasscodeReferences = PasscodeReferences(), tls: ServerConfiguration.TLSFiles? = nil,
        engineScale: Double = 1, logger: Logger = Logger(label: "test")
    ) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("offhook-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        store = try CampaignStore(path: folder.appendingPathComponent("t.db").path)
        let hub = try LiveHub(store: store)
        self.hub = hub
        engine = try DialerEngine(
            store: store, clock: DialerClock(startingAt: Instant(milliseconds: 1_773_151_200_000), scale: engineScale),
            options: EngineOptions(presence: .desk, packs: ["none": .none], onChange: { hub.note($0) }),
            logger: Logger(label: "test"))
        let reading = Reading()
        var configuration = ServerConfiguration(
            tls: tls, phoneEvents: phoneEvents, publicURL: publicURL.flatMap(URL.init(string:)),
            trustedProxies: trustedProxies,
            share: Self.share, bodyLimit: bodyLimit, uploadLimit: uploadLimit,
            passwords: PasswordHasher.Cost(rounds: 2, blockSize: 1, parallelism: 1))
        configuration.allowsLocalPhones = allowsLocalPhones
        configuration.passcodeReferences = passcodes
        server = try OffhookServer(
            configuration: configuration, store: store, engine: engine, hub: hub, logger: logger,
            templates: Self.templates.get(), now: { reading.now() })
        reading.set { [weak self] in self?.now ?? Instant(milliseconds: 0) }
    }

    /// The pages' templates, read once for all benches.
    static let templates = Result { try PageTemplates(share: share) }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    var parts: ServerParts { server.parts }
    var now: Instant { clock.withLock { $0 } }

    func pass(_ duration: Duration) {
        clock.withLock { $0 = $0 + duration }
    }

    /// Runs a test against the router, in this process.
    func run<Value>(_ test: @Sendable (any TestClientProtocol) async throws -> Value) async throws -> Value {
        try await Application(router: server.router(), logger: Logger(label: "test")).test(.router, test)
    }

    /// A user with ``password``.
    @discardableResult
    func user(_ name: String, _ role: UserRole, campaigns: Set<CampaignID>? = nil) async throws -> User {
        let settings = UserSettings(name: name, displayName: name.capitalized, role: role, campaigns: campaigns)
        let user = try store.addUser(settings, at: now)
        try store.setPassword(hash: try await parts.passwords.hash(Self.password), user: user.id, at: now)
        return user
    }

    /// What a browser that is logged in sends.
    func session(of user: User) throws -> BenchSession {
        let secret = SecretText.random()
        let csrf = SecretText.random()
        try store.beginSession(
            tokenHash: SecretText.hash(of: secret), user: user.id, csrfToken: csrf, address: "test",
            expiresAt: now + .seconds(7 * 24 * 3600), at: now)
        return BenchSession(cookie: "\(SessionCookie.name(parts.configuration))=\(secret)", csrf: csrf)
    }

    /// A token of a user.
    func token(of user: User, _ scopes: Set<TokenScope>) throws -> String {
        let secret = SecretText.random()
        _ = try store.addToken(
            hash: SecretText.hash(of: secret), name: "test", user: user.id, scopes: Set(scopes.map(\.rawValue)),
            expiresAt: now + .seconds(3650 * 86_400), at: now)
        return secret
    }

    /// Phones without anything behind their addresses.
    func phones(_ names: [String]) throws {
        // Nothing answers there; each device has an address of its own.
        let yaml = names.enumerated().map { index, name in
            "  - { name: \(name), family: gxp, address: 'http://127.0.0.1:\(9 + index)', passcode: 'secret-4711' }"
        }.joined(separator: "\n")
        _ = try store.applyDevices(PhonesFile.read("phones:\n\(yaml)", file: "phones.yaml", mayBeLocal: true), at: now)
    }

    private final class Reading: Sendable {
        private let read = Mutex<@Sendable () -> Instant>({ Instant(milliseconds: 0) })

        func now() -> Instant { read.withLock { $0 }() }
        func set(_ body: @escaping @Sendable () -> Instant) { read.withLock { $0 = body } }
    }
}

/// What a browser that is logged in sends.
struct BenchSession: Sendable {
    var cookie: String
    var csrf: String

    var headers: HTTPFields { [.cookie: cookie] }
}

extension HTTPFields {
    static let form: HTTPFields = [.contentType: "application/x-www-form-urlencoded"]

    func with(_ name: String, _ value: String) -> HTTPFields {
        var fields = self
        if let name = HTTPField.Name(name) { fields[name] = value }
        return fields
    }

    /// The value that an answer sets for a cookie; nil where it sets none.
    func cookie(_ name: String) -> String? {
        self[values: .setCookie].compactMap { line -> String? in
            let pair = line.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return pair.count == 2 && pair[0] == name ? String(pair[1]) : nil
        }.last
    }
}

extension TestClientProtocol {
    /// Sends a form.
    func post(_ uri: String, _ fields: String, _ headers: HTTPFields = [:]) async throws -> TestResponse {
        var headers = headers
        headers[.contentType] = "application/x-www-form-urlencoded"
        return try await execute(uri: uri, method: .post, headers: headers, body: ByteBuffer(string: fields))
    }

    func get(_ uri: String, _ headers: HTTPFields = [:]) async throws -> TestResponse {
        try await execute(uri: uri, method: .get, headers: headers)
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }
}
