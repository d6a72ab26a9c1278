import CampaignStore
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// What every request passes before its route: access, the size of its body, and the proof that it was not forged.
struct Gate: Sendable {
    let parts: ServerParts

    func pass(_ request: Request, _ context: ServeContext, to route: Route) async throws -> Response {
        try route.access.admit(context.identity)
        try NoNUL.check(address: request.uri.string)
        var request = request
        var context = context
        let isForm = request.headers[.contentType]?.hasPrefix("application/x-www-form-urlencoded") ?? false
        if !route.isSafe {
            let limit = route.body == .upload ? parts.configuration.uploadLimit : parts.configuration.bodyLimit
            try refuseIfTooLong(request, limit)
            if route.body == .collected {
                let buffer: ByteBuffer
                do {
                    buffer = try await request.collectBody(upTo: limit)
                } catch is NIOTooManyBytesError {
                    throw Self.tooLong(limit)
                }
                if isForm {
                    let text = String(buffer: buffer)
                    try NoNUL.check(form: text)
                    context.form = FormFields(urlEncoded: text)
                }
            } else {
                // A body without a length is counted as it comes.
                request.body = RequestBody(asyncSequence: LimitedBody(base: request.body, limit: limit))
            }
            try Forgery.check(request, context, route, parts.configuration)
        }
        let (passed, whole) = (request, context)
        let terms = StreamTerms(owner: context.identity?.user.id) {
            await parts.stillHolds(whole.identity)
        }
        return try await EventStream.$terms.withValue(terms) {
            try await route.handler(passed, whole).response(from: passed, context: whole)
        }
    }

    private func refuseIfTooLong(_ request: Request, _ limit: Int) throws {
        guard let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit else { return }
        throw Self.tooLong(limit)
    }

    static func tooLong(_ limit: Int) -> Problem {
        Problem(
            .contentTooLarge, "The request is longer than the \(limit >> 20) MB that are taken here.", code: "too_long",
            headers: [.connection: "close"])
    }
}
