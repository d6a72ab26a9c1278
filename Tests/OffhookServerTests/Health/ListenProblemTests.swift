import Foundation
import NIOCore
import Testing

@testable import OffhookServer

@Suite("A server that cannot listen") struct ListenProblemTests {
    private let configuration = ServerConfiguration(host: "192.0.2.7", port: 81, share: ServerBench.share)

    @Test("it says at which port or address, and what to do", arguments: [EADDRINUSE, EACCES, EADDRNOTAVAIL])
    func sentence(code: Int32) throws {
        let problem = try #require(ListenProblem(IOError(errnoCode: code, reason: "bind"), configuration))
        let text = problem.description
        #expect(text.contains("192.0.2.7") && text.contains("--") && text.hasSuffix("."), "\(text)")
        #expect(!text.contains("errno") && !text.contains("bind("))
        if code != EADDRNOTAVAIL { #expect(text.contains("81")) }
    }

    @Test("a host that is not known is named; what is no failure to listen stays as it is")
    func others() {
        let error = #expect(throws: (any Error).self) {
            try SocketAddress.makeAddressResolvingHost("no.such.host.invalid", port: 81)
        }
        let named = ServerConfiguration(host: "no.such.host.invalid", port: 81, share: ServerBench.share)
        #expect(error.flatMap { ListenProblem($0, named) }?.description.contains("no.such.host.invalid") == true)
        #expect(ListenProblem(IOError(errnoCode: EPIPE, reason: "write"), configuration) == nil)
        #expect(ListenProblem(CancellationError(), configuration) == nil)
    }
}
