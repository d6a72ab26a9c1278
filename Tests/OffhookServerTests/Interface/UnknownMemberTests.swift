import CampaignStore
import Campaigns
import Foundation
import HTTPTypes
import HummingbirdTesting
import Testing

@testable import OffhookServer

@Suite("Members that a body does not have") struct UnknownMemberTests {
    private struct Outer: Decodable {
        struct Inner: Decodable {
            var name: String
            var value: String?
        }
        var retryAt: String
        var inner: Inner?
        var list: [Inner]?
        var words: [String: String]?
        var any: JSONValue?
    }

    private func refused(_ json: String) -> [String: String] {
        do {
            try UnknownMembers.refuse(in: Data(json.utf8), for: Outer.self)
            return [:]
        } catch {
            return (error as? Problem)?.fields ?? ["": "\(error)"]
        }
    }

    @Test(
        "are found at every depth; names of dictionaries and free JSON are anybody's",
        arguments: [
            ("{\"retry_at\":\"x\",\"inner\":{\"name\":\"a\"},\"list\":[{\"name\":\"b\",\"value\":null}]}", []),
            ("{\"retry_at\":\"x\",\"words\":{\"any\":\"name\"},\"any\":{\"what\":{\"ever\":1}}}", []),
            ("{\"retry_at\":\"x\",\"retry_on\":\"y\"}", ["retry_on"]),
            ("{\"inner\":{\"name\":\"a\",\"val\":\"b\"}}", ["inner.val"]),
            ("{\"list\":[{\"name\":\"a\"},{\"name\":\"a\",\"x\":1}],\"y\":2}", ["list.x", "y"]),
            ("{\"retryAt\":\"x\",\"inner\":{\"name\":\"a\"}}", []),
            ("{\"RetryAt\":\"x\",\"retryAT\":\"x\",\"retryat\":\"x\"}", ["RetryAt", "retryAT", "retryat"]),
            ("{\"RETRY_AT\":\"x\",\"Retry_at\":\"x\"}", ["RETRY_AT", "Retry_at"]),
            ("{\"Inner\":{\"name\":\"a\"},\"list\":[{\"NAME\":\"b\"}]}", ["Inner", "list.NAME"]),
            ("[1]", []), ("no JSON", []),
        ] as [(String, [String])])
    func found(json: String, names: [String]) {
        #expect(refused(json).keys.sorted() == names)
    }

    @Test("the one that may be meant is named")
    func hint() {
        #expect(refused("{\"retry_on\":1}")["retry_on"]?.contains("did you mean “retry_at”?") == true)
        #expect(refused("{\"something_else\":1}")["something_else"]?.contains("known are any, inner, list") == true)
    }

    @Test("an agreed time under a name of its own is refused, and nothing is said of the call")
    func callbackAt() async throws {
        let bench = try DeskBench()
        let anna = try await bench.agent("anna", at: "desk-1")
        let id = try bench.endedCall()
        try await bench.server.run { client async throws in
            let answer = try await client.send(
                .post, "/api/v1/desk/disposition",
                "{\"attempt_id\":\(id.value),\"code\":\"CB\",\"callback_at\":\"2026-03-11T15:30\"}", as: anna)
            #expect(answer.status == .unprocessableContent)
            #expect(try answer.problem().fields?["callback_at"]?.contains("did you mean “callback”?") == true)
            #expect(try bench.server.store.lastAttempt(of: "desk-1")?.disposition == "NI")
        }
    }

    @Test(
        "an agreed time or a note that only differs in its capitals is refused, not lost",
        arguments: ["Callback", "CALLBACK", "Note", "NOTE", "callBack"])
    func capitals(name: String) async throws {
        let bench = try DeskBench()
        let anna = try await bench.agent("anna", at: "desk-1")
        let id = try bench.endedCall()
        try await bench.server.run { client async throws in
            let answer = try await client.send(
                .post, "/api/v1/desk/disposition",
                "{\"attempt_id\":\(id.value),\"code\":\"CB\",\"\(name)\":\"2026-03-11T15:30\"}", as: anna)
            #expect(answer.status == .unprocessableContent)
            #expect(try answer.problem().fields?[name]?.contains("did you mean “\(name.lowercased())”?") == true)
            #expect(try bench.server.store.lastAttempt(of: "desk-1")?.disposition == "NI")
        }
    }

    @Test("every body of the interface refuses them, and says so in its description")
    func everyBody() throws {
        let bench = try ServerBench()
        let json = OpenAPIRoutes.document(bench.server.routes, bench.parts.configuration).json
        let schemas = json["components"]?["schemas"]
        var bodies = 0
        for route in bench.server.routes.routes {
            guard let name = route.operation?.request, schemas?[name]?["properties"] != nil else { continue }
            bodies += 1
            #expect(schemas?[name]?["additionalProperties"] == false, "\(route.method) \(route.path)")
        }
        #expect(bodies > 15)
    }
}
