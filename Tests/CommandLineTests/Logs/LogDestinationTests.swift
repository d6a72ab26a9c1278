import Campaigns
import Dialer
import Foundation
import Logging
import Testing

@testable import offhook

@Suite("Where a log goes") struct LogDestinationTests {
    let program: Program

    init() throws {
        program = try Program()
    }

    private func path(_ name: String) -> String { program.folder.appendingPathComponent(name).path }

    @Test("a file that was moved away is left, and a new one begun, when it is opened anew; both are private")
    func rotated() throws {
        let destination = LogDestination(path: path("a.log"))
        #expect(destination.reopen() == nil)
        destination.write("one")
        try FileManager.default.moveItem(atPath: path("a.log"), toPath: path("a.log.1"))
        destination.write("two")
        #expect(destination.reopen() == nil)
        destination.write("three")
        #expect(program.text("a.log.1") == "one\ntwo\n" && program.text("a.log") == "three\n")
        let mode = try FileManager.default.attributesOfItem(atPath: path("a.log"))[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }

    @Test("a file that is there is continued")
    func continued() throws {
        try program.write("old\n", to: "a.log")
        let destination = LogDestination(path: path("a.log"))
        #expect(destination.reopen() == nil)
        destination.write("new")
        #expect(program.text("a.log") == "old\nnew\n")
    }

    @Test("a file that cannot be opened is said, with the reason")
    func refused() throws {
        #expect(LogDestination(path: path("no/such/folder.log")).reopen() == "No such file or directory")
        #expect(LogDestination(path: program.folder.path).reopen() == "Is a directory")
    }

    @Test("the handler takes its time from the clock it was given, its subsystem and request id from the logger")
    func handler() throws {
        let destination = LogDestination(path: path("a.log"))
        #expect(destination.reopen() == nil)
        var logger = Logger(label: "lib") { label in
            LineLogHandler(
                label: label, format: .text, destination: destination,
                now: { Instant(milliseconds: 1_795_532_400_000) }, logLevel: .notice)
        }
        logger.warning("a library's", metadata: ["cookie": "secret"])
        logger = logger.of(.webhooks)
        logger[metadataKey: "hb.request.id"] = "r1"
        logger.error("ours")
        logger.info("too low")
        #expect(
            program.text("a.log") == """
                2026-11-24T15:00:00.000Z warning lib a library's
                2026-11-24T15:00:00.000Z error webhooks request=r1 ours

                """)
    }
}
