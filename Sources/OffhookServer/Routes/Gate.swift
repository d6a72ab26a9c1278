import CampaignStore
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// What every request passes before its route: access, the size of its body, and the proof that it was not forged.
struct Gate: Sendable {
    /// Bytes of an address, its query included.
    static let longestAddress = 8 << 10
    /// Fields of a form.
    static let mostFields = 2000

    let parts: ServerParts

    func pass(_ request: Request, _ context: ServeContext, to route: Route) async throws -> Response {
        try route.access.admit(context.identity)
        try NoNUL.check(address: request.uri.string)
        guard request.uri.string.utf8.count <= Self.longestAddress else { throw Self.addressTooLong }
        let running = parts.running.begin("\(route.method.rawValue) \(route.path)", context.identity?.user.id)
        defer { running.end() }
        let client = WorkClient(
            owner: context.identity.map { "user \($0.user.id.value)" }
                ?? LoginThrottle.place(of: context.remoteAddress),
            channel: context.channel, request: running)
        return try await WorkClient.$current.withValue(client) {
            var response = try await handle(request, context, by: route)
            // What is written piece by piece is long work of the same client.
            if response.body.contentLength == nil {
                let streaming = WorkClient(owner: client.owner, channel: client.channel, request: nil)
                response.body = response.body.written(for: streaming)
            }
            return response
        }
    }

    private func handle(_ request: Request, _ context: ServeContext, by route: Route) async throws -> Response {
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
                if isForm { context.form = try form(buffer) }
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

    /// The fields of a form.
    ///
    /// - Throws: ``Problem`` 422 where there are more than anybody fills in.
    private func form(_ buffer: ByteBuffer) throws -> FormFields {
        let separators = buffer.readableBytesView.count { $0 == UInt8(ascii: "&") }
        guard separators < Self.mostFields else {
            throw Problem(
                .unprocessableContent, "A form has at most \(Self.mostFields) fields.", code: "too_many_fields")
        }
        let text = String(buffer: buffer)
        try NoNUL.check(form: text)
        return FormFields(urlEncoded: text)
    }

    private func refuseIfTooLong(_ request: Request, _ limit: Int) throws {
        guard let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit else { return }
        throw Self.tooLong(limit)
    }

    private static let addressTooLong = Problem(
        .init(code: 414, reasonPhrase: "URI Too Long"),
        "The address is longer than the \(longestAddress >> 10) KB that are taken.", code: "address_too_long")

    static func tooLong(_ limit: Int) -> Problem {
        Problem(
            .contentTooLarge, "The request is longer than the \(limit >> 20) MB that are taken here.", code: "too_long",
            headers: [.connection: "close"])
    }
}
