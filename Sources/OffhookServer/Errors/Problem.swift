import CampaignStore
import ListImport
import Reports
import Supervision
import HTTPTypes
import Hummingbird
import NIOHTTP1

/// What went wrong with a request, as a sentence for a person and a word for a program (RFC 9457).
public struct Problem: Error, Sendable {
    public var status: HTTPResponse.Status
    /// What happened, and what to do.
    public var detail: String
    /// A stable word, such as `not_found`.
    public var code: String
    /// What is wrong with single fields, by their names.
    public var fields: [String: String]
    public var headers: HTTPFields
    /// How many contacts it is about, where somebody has to mean that; nil where it is about none.
    public var contacts: Int?
    /// What a callback's time can mean, where somebody has to say which; empty otherwise.
    public var choices: [CallbackChoice] = []

    /// A problem from its parts.
    public init(
        _ status: HTTPResponse.Status, _ detail: String, code: String, fields: [String: String] = [:],
        headers: HTTPFields = [:]
    ) {
        self.status = status
        self.detail = detail
        self.code = code
        self.fields = fields
        self.headers = headers
    }

    /// There is no such thing, or the identity may not see it: both look alike.
    public static func notFound(_ what: String) -> Problem {
        Problem(.notFound, "There is no \(what).", code: "not_found")
    }

    /// A fault of the program; what it is, only the log says.
    public static let fault = Problem(
        .internalServerError, "Something went wrong in Offhook; the server's messages say what.", code: "fault")

    /// Fields of a form or a body that cannot be taken.
    public static func invalid(_ fields: [String: String]) -> Problem {
        Problem(
            .unprocessableContent, fields.sorted { $0.key < $1.key }.map(\.value).joined(separator: " "),
            code: "invalid", fields: fields)
    }

    /// What an error says to whoever made the request; nil where it is a fault of the program.
    init?(_ error: any Error) {
        switch error {
        case let problem as Problem: self = problem
        case let error as StoreError: self.init(store: error)
        case let error as AmbiguousCallback:
            self = .invalid(["callback": error.description])
            choices = error.choices
        case let error as SupervisionError: self.init(.unprocessableContent, error.description, code: "refused")
        case let mistake as ReportMistake: self = .invalid([mistake.field: mistake.description])
        case let error as ListImportError: self.init(.unprocessableContent, error.description, code: "list")
        case let error as HTTPError where error.status == .notFound && error.body == nil:
            self.init(.notFound, "There is nothing at this address; it may be misspelt, or gone.", code: "http")
        case let error as HTTPError:
            self.init(error.status, error.body ?? error.status.reasonPhrase, code: "http", headers: error.headers)
        case is HTTPParserError:
            self.init(
                .badRequest, "The body is not framed as HTTP has it.", code: "framing",
                headers: [.connection: "close"])
        case let error as any HTTPResponseError:
            self.init(error.status, error.status.reasonPhrase, code: "http")
        default: return nil
        }
    }

    private init(store error: StoreError) {
        switch error {
        case .notFound: self.init(.notFound, error.description, code: "not_found")
        case .refused: self.init(.conflict, error.description, code: "refused")
        case .callbackRefused:
            self.init(
                .conflict, error.description, code: "refused", fields: ["callback": error.description])
        case .erased:
            self.init(
                .conflict, "\(error.description) To remove it all the same, say so: confirm=erased.", code: "erased")
        case .changedMeanwhile: self.init(.preconditionFailed, error.description, code: "changed_meanwhile")
        case .unavailable:
            self.init(
                .serviceUnavailable, error.withoutPath, code: "database", headers: [.retryAfter: "5"])
        case .cannotOpen, .newerVersion, .olderVersion, .upgradeBlocked, .engineRunning, .keyUnusable, .passcodeMissing,
            .noDatabase:
            self.init(.internalServerError, error.withoutPath, code: "database")
        }
    }
}
