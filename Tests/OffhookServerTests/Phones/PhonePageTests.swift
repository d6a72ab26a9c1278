import CampaignStore
import Campaigns
import Dialer
import Foundation
import HTTPTypes
import HummingbirdTesting
import PhoneSimulator
import Testing

@testable import OffhookServer

@Suite("The pages of phones", .timeLimit(.minutes(15))) struct PhonePageTests {
    private static let one = """
        phones:
          - { name: desk-1, family: gxp, address: 'http://127.0.0.1:9', passcode: 'secret-4711' }
        """

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    }

    /// The secret by which the file that was looked at is applied.
    private static func key(_ page: String) throws -> String {
        let start = try #require(page.range(of: "name=\"key\" value=\""))
        return String(page[start.upperBound...].prefix { $0 != "\"" })
    }

    private func bench() async throws -> (ServerBench, BenchSession) {
        let bench = try ServerBench()
        return (bench, try bench.session(of: try await bench.user("root", .administrator)))
    }

    @Test("a file is shown with what it would change, and changes nothing before it is applied; then once")
    func apply() async throws {
        let (bench, root) = try await bench()
        try await bench.run { client async throws in
            let preview = try await client.post(
                "/phones/preview", "csrf=\(root.csrf)&yaml=\(Self.encoded(Self.one))", root.headers)
            #expect(preview.status == .ok)
            #expect(preview.text.contains("desk-1") && preview.text.contains("added"))
            #expect(!preview.text.contains("4711"))
            #expect(try bench.store.devices().isEmpty)

            let key = try Self.key(preview.text)
            let done = try await client.post("/phones/apply", "csrf=\(root.csrf)&key=\(key)", root.headers)
            #expect(done.status == .seeOther)
            #expect(try bench.store.devices().map(\.name) == ["desk-1"])
            #expect(try bench.store.passcode(of: "desk-1", environment: [:]) == "secret-4711")
            #expect(try bench.store.auditLog().first?.act == "phones_applied")
            let again = try await client.post("/phones/apply", "csrf=\(root.csrf)&key=\(key)", root.headers)
            #expect(again.status == .conflict)
        }
    }

    @Test("phones that the text does not name stay, unless it is said to be all phones; a twin's address is refused")
    func others() async throws {
        let (bench, root) = try await bench()
        try bench.phones(["desk-7"])
        let other = Self.one.replacing("127.0.0.1:9", with: "127.0.0.1:10")
        try await bench.run { client async throws in
            let keeping = try await client.post(
                "/phones/preview", "csrf=\(root.csrf)&yaml=\(Self.encoded(other))", root.headers)
            #expect(!keeping.text.contains("desk-7"))
            let removing = try await client.post(
                "/phones/preview", "csrf=\(root.csrf)&others=remove&yaml=\(Self.encoded(other))", root.headers)
            #expect(removing.text.contains("desk-7") && removing.text.contains("removed"))
            let twin = try await client.post(
                "/phones/preview", "csrf=\(root.csrf)&yaml=\(Self.encoded(Self.one))", root.headers)
            #expect(twin.status == .unprocessableContent)
            #expect(twin.text.contains("has the same address"))
            _ = try await client.post(
                "/phones/apply", "csrf=\(root.csrf)&key=\(try Self.key(keeping.text))", root.headers)
            #expect(try bench.store.devices().map(\.name) == ["desk-7", "desk-1"])
        }
    }

    @Test("a file with mistakes names each and is not applied; what changed meanwhile is looked at again")
    func mistakes() async throws {
        let (bench, root) = try await bench()
        try await bench.run { client async throws in
            let wrong = try await client.post(
                "/phones/preview", "csrf=\(root.csrf)&yaml=\(Self.encoded("phones: [{ name: a, passcode: geheim }]"))",
                root.headers)
            #expect(wrong.status == .unprocessableContent)
            #expect(wrong.text.contains("family") && wrong.text.contains("address") && !wrong.text.contains("geheim"))

            let preview = try await client.post(
                "/phones/preview", "csrf=\(root.csrf)&yaml=\(Self.encoded(Self.one))", root.headers)
            try bench.phones(["desk-1"])
            let late = try await client.post(
                "/phones/apply", "csrf=\(root.csrf)&key=\(try Self.key(preview.text))", root.headers)
            #expect(late.headers[.location] == "/phones/apply")
        }
    }

    @Test("ready again lifts the lock-out of a phone that refused the passcode")
    func ready() async throws {
        let (bench, root) = try await bench()
        try bench.phones(["desk-1"])
        try bench.store.lockOut(station: "desk-1", at: bench.now)
        try await bench.run { client async throws in
            #expect(try await client.get("/phones", root.headers).text.contains("Ready again"))
            _ = try await client.post("/phones/ready", "csrf=\(root.csrf)&device=desk-1", root.headers)
            #expect(try bench.store.devices().first?.stations.first?.lockedOutAt == nil)
            #expect(try await !client.get("/phones", root.headers).text.contains("Ready again"))
        }
    }

    @Test("a function by hand gives the phone's answer as JSON; a reset needs the phone's name; both are audited")
    func byHand() async throws {
        let (bench, root) = try await bench()
        let simulator = PhoneSimulator(clock: SimulatorClock(), seed: 1)
        let phones = try await simulator.start([.gxp(name: "desk-1", passcode: "p")])
        _ = try bench.store.applyDevices(
            PhonesFile.read(PhoneSimulator.phonesYAML(for: phones), file: "phones.yaml", mayBeLocal: true),
            at: bench.now)
        let run = Task { try await bench.engine.run() }
        while await bench.engine.stationStatus().first?.state != .paused { try await Task.sleep(for: .milliseconds(5)) }
        try await bench.run { client async throws in
            let by = { (fields: String) in
                try await client.post(
                    "/phones/desk-1/hand", "csrf=\(root.csrf)&station=desk-1&\(fields)", root.headers)
            }
            let lines = try await by("function=line-status")
            #expect(lines.status == .ok)
            #expect(lines.text.contains("&quot;response&quot; : &quot;success&quot;"))
            #expect(try bench.store.auditLog().isEmpty)
            let wrong = try await by("function=operation+dance")
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("takes one of"))

            // A call is on the phone: nothing acts unless it is forced.
            _ = try await by("function=send-key&argument=2125550103+SEND")
            while await bench.engine.stationStatus().first?.state != .busyByHand {
                try await Task.sleep(for: .milliseconds(5))
            }
            // Its digits go out one by one; only then is there something to cancel.
            while try await !by("function=line-status").text.contains("calling") {
                try await Task.sleep(for: .milliseconds(20))
            }
            let refused = try await by("function=operation+endcall")
            #expect(refused.status == .unprocessableContent && refused.text.contains("has a call now"))
            let forced = try await by("function=operation+cancel&force=1")
            #expect(try bench.store.auditLog().first?.act == "phone_function_forced")
            #expect(forced.status == .ok && forced.text.contains("success"), "\(forced.text)")
            while await bench.engine.stationStatus().first?.state == .busyByHand {
                try await Task.sleep(for: .milliseconds(5))
            }

            let reset = { (name: String) in
                try await client.post(
                    "/phones/desk-1/system", "csrf=\(root.csrf)&operation=RESET&name=\(name)", root.headers)
            }
            let before = try bench.store.auditLog().count
            #expect(try await reset("desk").text.contains("Nothing was done"))
            #expect(try bench.store.auditLog().count == before)
            _ = try await reset("desk-1")
            #expect(try bench.store.auditLog().first?.detail == "system RESET")
        }
        await bench.engine.stop()
        _ = try await run.value
        await simulator.stop()
    }
}
