import ArgumentParser
import CampaignStore
import Campaigns
import Dialer
import Foundation
import Logging
import OffhookServer
import ServiceLifecycle
import Supervision

/// `offhook serve`: the dialer with its web application and interface.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Run the dialer with its web pages and its REST interface.",
        discussion: """
            A station dials while the page of an agent's desk is live; --stations names those that dial without one. All started
            campaigns are dialed. The first start on a terminal prints a link to create the administrator; elsewhere offhook user add
            NAME --role administrator prints one.
            """)
    @OptionGroup var database: DatabaseOptions
    @Option(help: "The address to listen on; 0.0.0.0 for all of this computer's.") var host = "127.0.0.1"
    @Option(help: "The port to listen on.") var port = 8080
    @Option(help: "The port on which phones say that something happened on them (their Action URL); none unless given.")
    var phoneEventsPort: Int?
    @Option(help: "The address of that port, one that phones reach; --host unless given.") var phoneEventsHost: String?
    @Option(help: "A pattern of stations that dial without an agent's page; may stand several times.")
    var stations: [String] = []
    @Option(help: "The certificate chain, a PEM file; with --tls-key.") var tlsCertificate: String?
    @Option(help: "The certificate's key, a PEM file.") var tlsKey: String?
    @Option(help: "The address that people type, where a proxy stands before the server, such as https://dial.example.")
    var publicUrl: String?
    @Option(help: "The address of a proxy whose X-Forwarded-For is believed; may stand several times.")
    var trustedProxy: [String] = []
    @Flag(help: "Let pages enter phones at loopback, link-local and this computer's own addresses.")
    var allowLocalPhones = false
    @Option(help: "The folder of passcodes: a phones.yaml given by page may name its files, and no others.")
    var passcodeDir: String?
    @Option(help: "How names of variables begin that a phones.yaml given by page may name, and no others.")
    var passcodeEnv: String?

    @Option(help: "Most connections at once; by default what the limit of open files leaves room for, up to 4096.")
    var maxConnections: Int?
    @Option(
        help:
            "Most connections of one address at once, or of one client behind a trusted proxy; by default an eighth of all."
    )
    var maxConnectionsPerAddress: Int?

    @OptionGroup var logOptions: LogOptions

    @Flag(
        name: .customLong("print-openapi"), help: "Write the OpenAPI description of the interface, and serve nothing.")
    var printOpenAPI = false

    func validate() throws {
        guard (tlsCertificate == nil) == (tlsKey == nil) else {
            throw ValidationError("--tls-certificate and --tls-key belong together.")
        }
        for (name, value) in [
            ("--max-connections", maxConnections), ("--max-connections-per-address", maxConnectionsPerAddress),
        ] {
            if let value, !(1...1_000_000).contains(value) {
                throw ValidationError("\(name) takes 1 to 1000000.")
            }
        }
        guard (0...65535).contains(port) else { throw ValidationError("A port is a number from 0 to 65535.") }
        if let phoneEventsPort {
            guard (1...65535).contains(phoneEventsPort), phoneEventsPort != port else {
                throw ValidationError("--phone-events-port is a port of its own, a number from 1 to 65535.")
            }
        } else if phoneEventsHost != nil {
            throw ValidationError("--phone-events-host goes with --phone-events-port.")
        }
        if let passcodeEnv, passcodeEnv.isEmpty {
            throw ValidationError(
                "--passcode-env is how names begin, such as OFFHOOK_PHONE_; leave it out to allow none.")
        }
        if let passcodeDir {
            var isFolder = ObjCBool(false)
            guard FileManager.default.fileExists(atPath: passcodeDir, isDirectory: &isFolder), isFolder.boolValue else {
                throw ValidationError("--passcode-dir \(passcodeDir) is no folder; make it, or name another.")
            }
        }
        if let publicUrl {
            guard let url = URL(string: publicUrl), ["http", "https"].contains(url.scheme ?? ""), url.host() != nil,
                url.query() == nil, ["", "/"].contains(url.path())
            else { throw ValidationError("--public-url is an address such as https://dial.example, without a path.") }
        }
    }

    func run() async throws {
        if printOpenAPI { return Console.json(try OffhookServer.openAPI(try configuration())) }
        try DescriptorRoom.make()
        let log = try logOptions.start(besides: database.path)
        let store = try database.open()
        let share = try ShareDirectory.data(store.path)
        let session = ServeSession(
            store: store, configuration: try configuration(), stations: stations,
            packs: try share.packs(), readPacks: { try share.packs() }, log: log,
            onStep: try KillPoint.fromEnvironment())
        try await session.run()
    }

    private func configuration() throws -> ServerConfiguration {
        var tls: ServerConfiguration.TLSFiles?
        if let tlsCertificate, let tlsKey {
            tls = ServerConfiguration.TLSFiles(certificate: tlsCertificate, key: tlsKey)
        }
        let events = phoneEventsPort.map { PhoneEventListener.Address(host: phoneEventsHost ?? host, port: $0) }
        var configuration = ServerConfiguration(
            host: host, port: port, tls: tls, phoneEvents: events, publicURL: publicUrl.flatMap(URL.init(string:)),
            trustedProxies: Set(trustedProxy), share: try ShareDirectory.find())
        configuration.allowsLocalPhones = allowLocalPhones
        configuration.passcodeReferences = PasscodeReferences(folder: passcodeDir, prefix: passcodeEnv)
        configuration.maxConnections = maxConnections
        configuration.maxConnectionsPerAddress = maxConnectionsPerAddress
        return configuration
    }
}
