import Dialer
import Logging
import Foundation
import HTTPTypes
import Hummingbird

/// Turns what a route throws into problem+json under `/api`, and into a page elsewhere.
struct ErrorMiddleware: RouterMiddleware {
    let parts: ServerParts

    func handle(
        _ request: Request, context: ServeContext, next: (Request, ServeContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            var problem = Problem(error) ?? .fault
            if problem.status.kind == .serverError {
                context.logger.error("\(context.endpointPath ?? "NotFound"): \(LoggedError.text(error))")
            }
            problem.detail = parts.paths.hidden(in: problem.detail)
            problem.fields = problem.fields.mapValues(parts.paths.hidden)
            return answer(problem, request, context)
        }
    }

    private func answer(_ problem: Problem, _ request: Request, _ context: ServeContext) -> Response {
        var response: Response
        let path = request.uri.path
        let isForProgram =
            path.hasPrefix("/api/") || path.hasPrefix("/live/") || path == "/events" || path == "/metrics"
            || request.headers[.accept]?.contains("application/json") == true
        if isForProgram {
            response = Self.document(problem)
        } else if problem.status == .unauthorized {
            response = .redirect(to: "/login?next=\(Self.encoded(request.uri.string))", type: .normal)
        } else {
            response = parts.pages.problem(problem, request, context)
        }
        for header in problem.headers { response.headers[header.name] = header.value }
        if problem.status == .unauthorized, path.hasPrefix("/api/") {
            response.headers[.wwwAuthenticate] = "Bearer"
        }
        return response
    }

    private static func document(_ problem: Problem) -> Response {
        let document = ProblemDocument(
            type: "about:blank", title: problem.status.reasonPhrase, status: problem.status.code,
            detail: problem.detail, code: problem.code, fields: problem.fields.isEmpty ? nil : problem.fields,
            contacts: problem.contacts, choices: CallbackChoiceView.all(problem.choices))
        return .json(document, status: problem.status, mediaType: "application/problem+json")
    }

    private static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: "/-._")))
            ?? "/"
    }
}

/// The document of RFC 9457, with a stable word beside its sentence.
struct ProblemDocument: Codable, Sendable {
    var type: String
    var title: String
    var status: Int
    var detail: String
    var code: String
    var fields: [String: String]?
    var contacts: Int?
    /// What a callback's time can mean, where somebody has to say which.
    var choices: [CallbackChoiceView]?
}
