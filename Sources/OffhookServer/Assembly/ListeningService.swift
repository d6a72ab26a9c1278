import Foundation
import Hummingbird
import NIOCore
import ServiceLifecycle

/// The application as a service whose failure to listen ends in a sentence.
public struct ListeningService: Service {
    let application: any Service
    let configuration: ServerConfiguration

    /// The service of an application that listens where its configuration says.
    public init(_ application: any Service, _ configuration: ServerConfiguration) {
        self.application = application
        self.configuration = configuration
    }

    /// - Throws: ``ListenProblem`` where it cannot listen; whatever else the application throws.
    public func run() async throws {
        do {
            try await application.run()
        } catch {
            throw ListenProblem(error, configuration) ?? error
        }
    }
}

/// The server cannot listen on its address.
public struct ListenProblem: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong and what to do, as a sentence.
    public let description: String

    /// What an error of the system says of the address that the server was to listen on; nil where it is about something else.
    init?(_ error: any Error, _ configuration: ServerConfiguration) {
        let (host, port) = (configuration.host, configuration.port)
        switch error {
        case let error as IOError where error.errnoCode == EADDRINUSE:
            description =
                "Another program listens on port \(port) of \(host) already, maybe another Offhook. Stop that one, or choose "
                + "another port with --port; ss -ltnp shows which program has it."
        case let error as IOError where error.errnoCode == EACCES:
            description =
                "Port \(port) of \(host) may not be opened by this user: ports below 1024 are the system's. Choose another with "
                + "--port and put a proxy before it, or allow it (AmbientCapabilities=CAP_NET_BIND_SERVICE of systemd)."
        case let error as IOError where error.errnoCode == EADDRNOTAVAIL:
            description =
                "\(host) is no address of this computer; name one of its own with --host, 0.0.0.0 for all of them."
        case is SocketAddressError, is SocketAddressError.UnknownHost:
            description =
                "The host \(host) is not known; name an address of this computer with --host, 0.0.0.0 for all."
        default: return nil
        }
    }
}
