import CampaignStore
import Campaigns
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Supervision

/// `/api/v1/uploads`: a file is sent, looked at, and then imported as a list or loaded as a do-not-call file.
enum UploadResource {
    private static let write = Access.interface(.manager, .listsWrite)
    private static let busy = Operation.Answer(409, "it is being worked on", schema: "Problem")
    private static let refused = Operation.Answer(422, "the file or a field cannot be taken", schema: "Problem")

    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        describe(&table.schemas)
        table.add(
            .post, "/api/v1/uploads", write, "takes a file of up to 512 MB as it comes",
            Operation(
                "uploadFile", tag: "imports",
                parameters: [.init("name", "the file's name, for people", isRequired: true)], request: "File",
                requestMediaType: "application/octet-stream",
                answers: [.init(201, "kept for six hours", schema: "UploadView"), refused]), body: .upload
        ) { request, context in
            let upload = try await receive(request, parts, context)
            return Response.json(UploadView(upload), status: .created)
        }
        table.get(
            "/api/v1/uploads/{upload}", write, "a file that was sent, and what is being done with it",
            Operation("readUpload", tag: "imports", answers: [.init(200, "as it is now", schema: "UploadView")])
        ) { _, context in
            Response.json(UploadView(try upload(parts, context)))
        }
        table.add(
            .delete, "/api/v1/uploads/{upload}", write, "forgets a file; an import of it that runs stores nothing",
            Operation("deleteUpload", tag: "imports", answers: [.init(204, "gone")])
        ) { _, context in
            parts.uploads.remove(try upload(parts, context))
            return Response(status: .noContent)
        }
        table.get(
            "/api/v1/uploads/{upload}/quarantine", write, "the rows of a list that are no contacts, to be mended",
            Operation(
                "readUploadQuarantine", tag: "imports",
                answers: [
                    .init(
                        200, "as they stand in the file, each behind its reason", schema: "CSV", mediaType: "text/csv")
                ])
        ) { _, context in
            let upload = try upload(parts, context)
            guard let data = FileManager.default.contents(atPath: upload.quarantine.path) else {
                throw Problem.notFound("quarantine of this file yet")
            }
            return Response.download(data, name: "quarantine of \(upload.name)")
        }
        addWork(to: &table, parts)
    }

    private static func describe(_ schemas: inout SchemaCatalog) {
        schemas.add(ImportBody.self)
        schemas.add(SuppressionFileBody.self)
        schemas.add(LookView.self)
        schemas.add(UploadView.self)
        schemas.add(["description": "The bytes of a file, as they are."], named: "File")
    }

    private static func addWork(to table: inout RouteTable, _ parts: ServerParts) {
        table.add(
            .post, "/api/v1/uploads/{upload}/look", write, "how the beginning of a list is understood",
            Operation(
                "lookAtUpload", tag: "imports", request: "ImportBody",
                answers: [.init(200, "columns, first rows, problems", schema: "LookView"), refused])
        ) { request, context in
            let upload = try upload(parts, context)
            let body: ImportBody = try await request.decoded()
            let campaign = try parts.campaign(CampaignID(body.campaignId), for: context.known())
            let plan = try body.plan()
            return Response.json(
                try await parts.longWork.run { try UploadWork.look(upload, plan, for: campaign, parts) })
        }
        table.add(
            .post, "/api/v1/uploads/{upload}/import", write,
            "imports a list, or only tries to; ask the upload how far it is",
            Operation(
                "importUpload", tag: "imports", request: "ImportBody",
                answers: [.init(202, "begun", schema: "UploadView"), busy, refused])
        ) { request, context in
            let upload = try upload(parts, context)
            let body: ImportBody = try await request.decoded()
            let campaign = try parts.campaign(CampaignID(body.campaignId), for: context.known())
            let plan = try plan(of: body, context)
            let work = work(on: upload, parts, context)
            try parts.uploads.work(on: upload, telling: parts.told) { try work.importList(plan, for: campaign) }
            return Response.json(UploadView(upload), status: .accepted)
        }
        table.add(
            .post, "/api/v1/uploads/{upload}/suppressions", .interface(.manager, .suppressionsWrite),
            "loads a do-not-call file; ask the upload how far it is",
            Operation(
                "loadSuppressions", tag: "suppressions", request: "SuppressionFileBody",
                answers: [.init(202, "begun", schema: "UploadView"), busy, refused])
        ) { request, context in
            let upload = try upload(parts, context)
            let plan = try plan(try await request.decoded(), for: upload, parts, context)
            let work = work(on: upload, parts, context)
            try parts.uploads.work(on: upload, telling: parts.told) { try work.loadSuppressions(plan) }
            return Response.json(UploadView(upload), status: .accepted)
        }
    }

    /// - Throws: ``Problem`` 403 and 422.
    private static func plan(of body: ImportBody, _ context: ServeContext) throws -> ImportPlan {
        var plan = try body.plan()
        if plan.duplicates == .everywhere { try HouseList.duplicates.check(context) }
        guard plan.doNotCall == .house else { return plan }
        if body.doNotCall != nil { try HouseList.wishes.check(context) }
        // Whoever is limited to some campaigns speaks for these.
        if try context.known().visibleCampaigns != nil { plan.doNotCall = .campaign }
        return plan
    }

    private static func upload(_ parts: ServerParts, _ context: ServeContext) throws -> Upload {
        try parts.uploads.upload(try context.path("upload"), of: try context.user().id)
    }

    private static func work(on upload: Upload, _ parts: ServerParts, _ context: ServeContext) -> UploadWork {
        UploadWork(parts: parts, upload: upload) { act, subject, detail in
            try parts.audit(act, context, subject: subject, detail: detail)
        }
    }

    /// - Throws: ``Problem`` 404, 403 and 422.
    private static func plan(
        _ body: SuppressionFileBody, for upload: Upload, _ parts: ServerParts, _ context: ServeContext
    ) throws -> SuppressionPlan {
        let campaign = try body.campaignId.map { try parts.campaign(CampaignID($0), for: context.known()) }
        if campaign == nil { try HouseList.file.check(context) }
        let name = try body.source.flatMap { $0.trimmed.isEmpty ? nil : $0 } ?? upload.listFile().listName
        try HouseList.loading(name, of: campaign?.campaign, try parts.store.suppressionSources())?.check(context)
        guard body.replace != true || body.renew != true else {
            throw Problem.invalid(["renew": "A file that replaces is always up to date; choose one of the two."])
        }
        let named = { (text: String?) in text.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 } }
        return SuppressionPlan(
            reading: ReadingChoices(
                delimiter: named(body.delimiter), encoding: named(body.encoding), hasHeader: body.hasHeader ?? true),
            region: try ReadingChoices.region(named(body.region) ?? campaign?.campaign.region ?? "US"),
            source: named(body.source), campaign: campaign?.id, replaces: body.replace ?? false,
            renews: body.renew ?? false, acceptsUnread: body.acceptUnread ?? false,
            isConfirmed: body.confirm ?? false)
    }

    /// Writes a body down as it comes.
    ///
    /// - Throws: ``Problem`` 413 and 422.
    private static func receive(
        _ request: Request, _ parts: ServerParts, _ context: ServeContext
    ) async throws -> Upload {
        guard let name = request.uri.queryParameters["name"].map(String.init), !name.isEmpty else {
            throw Problem.invalid(["name": "Say the file's name: ?name=list.csv"])
        }
        let limit = parts.configuration.uploadLimit
        let upload = try parts.uploads.begin(name, of: try context.user().id, at: parts.now())
        do {
            let handle = try FileHandle(forWritingTo: upload.file)
            defer { try? handle.close() }
            var bytes = 0
            for try await buffer in request.body {
                bytes += buffer.readableBytes
                guard bytes <= limit else { throw Gate.tooLong(limit) }
                do {
                    try handle.write(contentsOf: Data(buffer.readableBytesView))
                } catch {
                    throw Problem(
                        HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage"),
                        "The file could not be kept to its end; is the server's disk full?",
                        code: "disk_full")
                }
            }
            guard bytes > 0 else { throw Problem.invalid(["file": "The file is empty; there is nothing to import."]) }
        } catch {
            upload.removeFiles()
            throw error
        }
        parts.uploads.keep(upload)
        return upload
    }
}

extension Response {
    /// A file for a person to keep.
    static func download(_ data: Data, name: String, mediaType: String = "text/csv; charset=utf-8") -> Response {
        let plain = name.filter { $0.isASCII && $0 != "\"" && $0 != "\\" && !$0.isNewline }
        let full = name.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "file"
        return Response(
            status: .ok,
            headers: [
                .contentType: mediaType,
                .contentDisposition: "attachment; filename=\"\(plain)\"; filename*=UTF-8''\(full)",
            ], body: .init(byteBuffer: ByteBuffer(bytes: data)))
    }
}
