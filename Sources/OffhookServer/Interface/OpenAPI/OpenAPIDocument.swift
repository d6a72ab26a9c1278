import CampaignStore
import Foundation
import HTTPTypes

/// The OpenAPI 3.1 document of the interface, made from what the routes declare.
struct OpenAPIDocument {
    private let routes: [Route]
    private let schemas: SchemaCatalog
    private let sessionCookie: String

    /// The document of the routes under `/api` in a table.
    ///
    /// - Parameter sessionCookie: the name of the cookie that carries a session.
    init(_ table: RouteTable, sessionCookie: String) {
        routes = table.routes.filter { $0.path.hasPrefix("/api/") }
        schemas = table.schemas
        self.sessionCookie = sessionCookie
    }

    /// The document.
    var json: JSONValue {
        var paths: [String: JSONValue] = [:]
        for route in routes {
            guard let operation = route.operation else { continue }
            let entry = (paths[route.path] ?? [:]).merging([
                route.method.rawValue.lowercased(): self.operation(operation, route)
            ])
            paths[route.path] = entry
        }
        let tags = Set(routes.compactMap { $0.operation?.tag }).sorted()
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "Offhook", "version": "1",
                "description": .string(
                    "The interface of the campaign dialer. Times are ISO 8601 in UTC, numbers E.164. Every error is a problem document (RFC 9457) whose code is a stable word."
                ), "license": ["name": "see LICENSE"],
            ],
            "servers": [["url": "/"]],
            "tags": .array(tags.map { ["name": .string($0)] }),
            "paths": .object(paths),
            "components": [
                "schemas": .object(componentSchemas()),
                "responses": .object(ProblemAnswers.components),
                "securitySchemes": [
                    "token": ["type": "http", "scheme": "bearer", "description": "A token of Administration, Tokens."],
                    "session": [
                        "type": "apiKey", "in": "cookie", "name": .string(sessionCookie),
                        "description": "The session of a browser that is logged in.",
                    ],
                    "csrf": [
                        "type": "apiKey", "in": "header", "name": "X-CSRF-Token",
                        "description": "The proof of a session's page; with every change by a session.",
                    ],
                ],
            ],
        ]
    }

    /// Names of schemas that operations use and that nobody added.
    var missingSchemas: Set<String> {
        let used = routes.compactMap(\.operation).flatMap { operation in
            [operation.request].compactMap { $0 } + operation.answers.compactMap(\.schema)
        }
        return Set(used).subtracting(schemas.names).subtracting(Self.problems)
    }

    /// Names under which operations call the document of a problem.
    private static let problems: Set<String> = ["Problem", "ProblemDocument"]

    private func componentSchemas() -> [String: JSONValue] {
        var all = schemas.schemas()
        for name in missingSchemas { all[name] = ["description": "Any JSON."] }
        // What a body does not have is refused, not ignored.
        for name in Set(routes.compactMap { $0.operation?.request }) {
            guard let schema = all[name], schema["properties"] != nil else { continue }
            all[name] = schema.merging(["additionalProperties": false])
        }
        all["Problem"] = ProblemAnswers.schema
        return all
    }

    private func operation(_ operation: Operation, _ route: Route) -> JSONValue {
        var result: [String: JSONValue] = [
            "operationId": .string(operation.id), "tags": [.string(operation.tag)],
            "summary": .string(route.purpose), "security": security(route),
            "responses": .object(answers(operation, route)),
        ]
        let parameters = pathParameters(route) + operation.parameters.map(parameter)
        if !parameters.isEmpty { result["parameters"] = .array(parameters) }
        if let request = operation.request {
            result["requestBody"] = [
                "required": true,
                "content": .object([operation.requestMediaType: ["schema": reference(request)]]),
            ]
        }
        return .object(result)
    }

    /// Who may: what a token needs, and the role of a session.
    private func security(_ route: Route) -> JSONValue {
        guard let role = route.access.role else { return [] }
        let scopes: [JSONValue] =
            if case .interface(_, let scope) = route.access { [.string(scope.rawValue)] } else { [] }
        let proof: [String: JSONValue] = route.isSafe ? [:] : ["csrf": []]
        return [
            ["token": .array(scopes)],
            .object(proof.merging(["session": [.string(role.rawValue)]]) { _, new in new }),
        ]
    }

    private func pathParameters(_ route: Route) -> [JSONValue] {
        route.path.split(separator: "/").filter { $0.hasPrefix("{") && $0.hasSuffix("}") }.map { part in
            let name = String(part.dropFirst().dropLast())
            return [
                "name": .string(name), "in": "path", "required": true,
                "schema": ["type": "string", "minLength": 1],
            ]
        }
    }

    private func parameter(_ parameter: Operation.Parameter) -> JSONValue {
        var result: [String: JSONValue] = [
            "name": .string(parameter.name), "in": .string(parameter.place),
            "description": .string(parameter.description),
            "schema": JSONValue.object(["type": .string(parameter.type)]).merging(parameter.details),
        ]
        // A header that must be there is asked for by an answer of its own.
        if parameter.isRequired { result["required"] = true }
        if let example = parameter.example { result["example"] = example }
        return .object(result)
    }

    private func answers(_ operation: Operation, _ route: Route) -> [String: JSONValue] {
        var answers: [String: JSONValue] = [:]
        for status in ProblemAnswers.statuses(of: route) {
            answers["\(status)"] = ["$ref": .string("#/components/responses/\(ProblemAnswers.name(status))")]
        }
        for (status, same) in Dictionary(grouping: operation.answers, by: \.status) {
            if same.contains(where: { $0.schema.map(Self.problems.contains) ?? false }) {
                answers["\(status)"] = ProblemAnswers.answer(same[0].description)
                continue
            }
            var answer: [String: JSONValue] = ["description": .string(same[0].description)]
            let content = same.filter { $0.schema != nil }
            if !content.isEmpty {
                answer["content"] = .object(
                    Dictionary(
                        content.map { ($0.mediaType, ["schema": $0.schema.map(reference) ?? [:]]) },
                        uniquingKeysWith: { first, _ in first }))
            }
            answers["\(status)"] = .object(answer)
        }
        return answers
    }

    private func reference(_ name: String) -> JSONValue { ["$ref": .string("#/components/schemas/\(name)")] }
}
