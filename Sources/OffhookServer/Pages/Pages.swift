import CampaignStore
import Foundation
import HTTPTypes
import Hummingbird
import Mustache
import NIOCore

/// What a template shows: names and their values. Leave a name out, or give nil, for what is not there.
public typealias PageModel = [String: Any?]

/// The templates of `web/templates`, and the frame around every page.
public struct Pages: Sendable {
    private let library: MustacheLibrary
    private let configuration: ServerConfiguration

    init(_ configuration: ServerConfiguration, _ templates: PageTemplates) {
        self.configuration = configuration
        library = templates.library
    }

    /// A page.
    ///
    /// - Parameters:
    ///   - template: its name below `web/templates`, without ending. It begins with `{{<layout}}`.
    ///   - title: what stands in the browser's tab and at the top.
    ///   - model: what the template names, beside `page`, the frame.
    ///   - scripts: modules below `/static` that the page loads.
    public func page(
        _ template: String, title: String, _ model: PageModel = [:], scripts: [String] = [],
        status: HTTPResponse.Status = .ok, _ request: Request, _ context: ServeContext
    ) throws -> Response {
        var frame = PageFrame(title: title, scripts: scripts, request, context)
        var cookies: [Cookie] = []
        if context.identity?.session == nil {
            // Two tabs of the log-in page must not undo each other.
            let proof =
                FormCookie.value(of: request, configuration).flatMap { $0.isEmpty ? nil : $0 } ?? SecretText.random()
            frame.csrf = proof
            cookies.append(FormCookie.cookie(proof, configuration))
        }
        if let flash = Flash.take(request) {
            frame.flash = flash
            cookies.append(Flash.gone)
        }
        var values = model.compactMapValues { $0 }
        values["page"] = frame
        guard let text = library.render(values, withTemplate: template) else {
            throw Problem(.internalServerError, "The template \(template) is missing.", code: "template")
        }
        var response = Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
        for cookie in cookies { response.setCookie(cookie) }
        return response
    }

    /// A part of a page, without the frame, for a script to put in place.
    public func fragment(_ template: String, _ model: PageModel, _ request: Request, _ context: ServeContext) throws
        -> Response
    {
        var values = model.compactMapValues { $0 }
        values["page"] = PageFrame(title: "", scripts: [], request, context)
        guard let text = library.render(values, withTemplate: template) else {
            throw Problem(.internalServerError, "The template \(template) is missing.", code: "template")
        }
        return Response(
            status: .ok, headers: [.contentType: "text/html; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(string: text)))
    }

    /// The page of a problem.
    func problem(_ problem: Problem, _ request: Request, _ context: ServeContext) -> Response {
        let model: PageModel = ["detail": problem.detail, "reason": problem.status.reasonPhrase]
        let page = try? page(
            "problem", title: problem.status.reasonPhrase, model, status: problem.status, request, context)
        return page ?? Response(status: problem.status)
    }
}
