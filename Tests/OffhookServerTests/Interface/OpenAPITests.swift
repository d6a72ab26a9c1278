import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Testing

@testable import OffhookServer

@Suite("The interface's document") struct OpenAPITests {
    private func document(_ bench: ServerBench) -> OpenAPIDocument {
        OpenAPIRoutes.document(bench.server.routes, bench.parts.configuration)
    }

    /// What a route's handler holds.
    private final class Held: Sendable {}

    @Test("routes that are over are let go, though nobody asked for their description")
    func released() throws {
        weak var held: Held?
        do {
            let bench = try ServerBench()
            var table = RouteTable()
            let object = Held()
            held = object
            table.get("/held", .anybody, "holds something") { _, _ in
                _ = object
                return Response(status: .ok)
            }
            OpenAPIRoutes.add(to: &table, bench.parts)
            #expect(table.routes.count == 2)
        }
        #expect(held == nil)
    }

    @Test("every route under /api stands in it, once, with its answers, and every schema that is named is there")
    func complete() throws {
        let bench = try ServerBench()
        let document = document(bench)
        let json = document.json
        var ids: [String] = []
        for route in bench.server.routes.routes where route.path.hasPrefix("/api/") {
            let told = json["paths"]?[route.path]?[route.method.rawValue.lowercased()]
            guard let told, case .string(let id)? = told["operationId"], case .object(let answers)? = told["responses"]
            else {
                Issue.record("\(route.method) \(route.path) is not told")
                continue
            }
            ids.append(id)
            #expect(answers.keys.contains { $0.hasPrefix("2") }, "\(id) has no good answer")
            #expect(answers["500"] != nil && answers["503"] != nil, "\(id)")
        }
        #expect(Set(ids).count == ids.count, "operation ids are unique")
        #expect(document.missingSchemas.isEmpty, "nobody added \(document.missingSchemas.sorted())")
    }

    @Test("every reference leads somewhere")
    func references() throws {
        let json = document(try ServerBench()).json
        var found = 0
        func walk(_ value: JSONValue) {
            switch value {
            case .object(let values):
                if case .string(let reference)? = values["$ref"] {
                    found += 1
                    var target: JSONValue? = json
                    for part in reference.split(separator: "/").dropFirst() { target = target?[String(part)] }
                    #expect(target != nil, "\(reference)")
                }
                values.values.forEach(walk)
            case .array(let values): values.forEach(walk)
            default: break
            }
        }
        walk(json)
        #expect(found > 50)
    }

    @Test(
        "a change by a session needs the proof against forgery; a token needs its scope; nothing is open to nobody but the document"
    )
    func security() throws {
        let json = document(try ServerBench()).json
        let change = json["paths"]?["/api/v1/attempts/{attempt}"]?["patch"]?["security"]
        #expect(change == [["token": ["calls:write"]], ["session": ["manager"], "csrf": []]])
        let look = json["paths"]?["/api/v1/attempts"]?["get"]?["security"]
        #expect(look == [["token": ["calls:read"]], ["session": ["manager"]]])
        #expect(json["paths"]?["/api/v1/openapi.json"]?["get"]?["security"] == [])
    }

    @Test("it is served to anybody, and an edit tells 412 and 428")
    func served() async throws {
        let bench = try await InterfaceBench()
        try await bench.bench.run { client async throws in
            let answer = try await bench.ask(client, .get, "/api/v1/openapi.json", as: [:])
            #expect(answer.status == .ok)
            #expect(answer.headers[.contentType] == "application/json")
            #expect(answer.text.contains("\"openapi\" : \"3.1.0\""))
        }
        let change = document(bench.bench).json["paths"]?["/api/v1/webhooks/{webhook}"]?["patch"]?["responses"]
        #expect(change?["412"] != nil && change?["428"] != nil)
    }

    @Test("the command writes the same document")
    func printed() throws {
        let bench = try ServerBench()
        #expect(try OffhookServer.openAPI(bench.parts.configuration) == document(bench).json.text)
    }
}
