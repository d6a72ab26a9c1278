/// The answers of the interface that say what went wrong, the same for all routes.
enum ProblemAnswers {
    private static let all: [Int: (name: String, description: String)] = [
        400: ("BadRequest", "The request cannot be read."),
        401: ("NotLoggedIn", "No session or token, or one that is over."),
        403: ("Forbidden", "The role or the scope does not suffice, or the proof against forgery is missing."),
        404: ("NotFound", "There is no such thing, or it may not be seen."),
        405: ("MethodNotAllowed", "The address takes other methods; Allow names them."),
        409: ("Refused", "What is stored does not allow it; the sentence says why."),
        412: ("ChangedMeanwhile", "Somebody changed it since it was read."),
        413: ("TooLong", "The body is longer than is taken here."),
        414: ("AddressTooLong", "The address is longer than is taken."),
        415: ("WrongMediaType", "The body is of another kind than is taken here."),
        422: ("Invalid", "Fields or parameters cannot be taken; the document names them."),
        428: ("MatchMissing", "An edit needs If-Match with the ETag of what was read."),
        429: ("TooMany", "Too many at once; try again after a while."),
        500: ("Fault", "A fault of Offhook; its messages say more."),
        503: (
            "Unavailable",
            "The database takes no writes now, the server stops, or too much long work waits; try again after a while."
        ),
    ]

    /// The statuses that a route may answer beside its own.
    static func statuses(of route: Route) -> [Int] {
        var statuses = [400, 405, 414, 422, 429, 500, 503]
        if route.access.role != nil { statuses += [401, 403, 404, 409] }
        if !route.isSafe { statuses += [413] }
        if route.operation?.request != nil { statuses += [415] }
        if route.operation?.parameters.contains(where: { $0.name == "If-Match" }) ?? false { statuses += [412, 428] }
        return statuses
    }

    static func name(_ status: Int) -> String { all[status]?.name ?? "Fault" }

    static let components: [String: JSONValue] = Dictionary(
        uniqueKeysWithValues: all.values.map { ($0.name, answer($0.description)) })

    /// An answer whose body is the document of a problem.
    static func answer(_ description: String) -> JSONValue {
        [
            "description": .string(description),
            "content": ["application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]],
        ]
    }

    static let schema: JSONValue = [
        "type": "object", "required": ["type", "title", "status", "detail", "code"],
        "properties": [
            "type": ["type": "string"], "title": ["type": "string"],
            "status": ["type": "integer", "minimum": 400, "maximum": 599],
            "detail": ["type": "string", "description": "A sentence: what happened, and what to do."],
            "code": ["type": "string", "description": "A stable word, such as not_found."],
            "fields": [
                "type": "object", "additionalProperties": ["type": "string"],
                "description": "What is wrong with single fields, by their names.",
            ],
            "contacts": [
                "type": "integer", "minimum": 0,
                "description": "With the code many_contacts: how many contacts it would touch. Say confirm to mean it.",
            ],
        ],
        "examples": [
            [
                "type": "about:blank", "title": "Not Found", "status": 404, "detail": "There is no attempt “7”.",
                "code": "not_found",
            ]
        ],
    ]
}
