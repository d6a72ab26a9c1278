import CampaignStore
import Foundation
import Testing

@Suite("A server whose port is another program's") struct ServeListenTests {
    /// A socket that listens, until it is closed.
    private func listening() throws -> (socket: Int32, port: Int) {
        let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                [bind(socket, address, length), listen(socket, 1), getsockname(socket, address, &length)].max()
            }
        }
        try #require(socket >= 0 && result == 0)
        return (socket, Int(UInt16(bigEndian: address.sin_port)))
    }

    @Test("it says which port, and what to do, and dials nobody, though a station could")
    func portInUse() async throws {
        let (socket, port) = try listening()
        defer { close(socket) }
        let program = try Program()
        _ = try await program.startPhones(["--gxp", "1", "--truth-log", "truth.jsonl"])
        try program.write(
            "campaign: x\nregion: US\ncalling_rules: { pack: none }\n", to: "c.yaml")
        try program.write("phone\n2125550307\n", to: "l.csv")
        try await program.run("phones", "apply", "phones.yaml")
        try await program.run("campaign", "apply", "c.yaml")
        try await program.run("import", "l.csv", "--campaign", "x")
        try await program.run("campaign", "start", "x")
        let serve = try await program.run("serve", "--port", "\(port)", "--stations", "*")
        #expect(serve.status == 1)
        #expect(
            serve.errors.contains("Another program listens on port \(port) of 127.0.0.1 already"), "\(serve.errors)")
        #expect(serve.errors.contains("--port") && !serve.errors.contains("errno"), "\(serve.errors)")
        #expect(try await program.attempts().isEmpty)
        let store = try CampaignStore(path: program.folder.appendingPathComponent("offhook.db").path)
        #expect(try store.lastHeartbeat() == nil, "its engine never ran")
    }
}
