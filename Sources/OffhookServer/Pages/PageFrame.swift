import CallingRules
import CampaignStore
import Campaigns
import CivilTime
import Foundation
import Hummingbird

/// What stands around every page: who is logged in, where they can go, and what the last form said.
struct PageFrame: Sendable {
    /// A way to another page.
    struct Link: Sendable {
        let path: String
        let label: String
        let isHere: Bool
    }

    var title: String
    var userName: String?
    var role: String?
    var csrf: String?
    var links: [Link]
    var scripts: [String]
    var flash: Flash?
    /// The IANA name of the zone in which times are shown.
    var zone: String
    /// The steps of its clock for scripts, as JSON.
    var clock: String

    init(title: String, scripts: [String], _ request: Request, _ context: ServeContext) {
        self.title = title
        self.scripts = scripts
        let user = context.identity?.user
        userName = user?.displayName
        role = user?.role.rawValue
        csrf = context.identity?.session?.csrfToken
        links = user.map { Navigation.links(for: $0.role, at: request.uri.path) } ?? []
        let viewer = ViewerTime(request, context).clock
        zone = viewer.name
        // Events and callbacks that pages show are of the last days, and of the months to come.
        let steps = ClockStep.all(of: viewer, from: context.now - .seconds(400 * 86_400), now: context.now)
        clock =
            "["
            + steps.map { #"{"from":"\#($0.from)","utc_offset":\#($0.utcOffset)}"# }.joined(separator: ",") + "]"
    }
}

/// Where each role can go. A page that belongs in the bar at the top stands here.
enum Navigation {
    private static let entries: [(path: String, label: String, roles: Set<UserRole>)] = [
        ("/", "Home", [.manager, .administrator]),
        ("/desk", "Desk", [.agent, .manager, .administrator]),
        ("/floor", "Floor", [.manager, .administrator]), ("/campaigns", "Campaigns", [.manager, .administrator]),
        ("/lists", "Lists", [.manager, .administrator]), ("/contacts", "Contacts", [.manager, .administrator]),
        ("/suppressions", "Do not call", [.manager, .administrator]),
        ("/reports", "Reports", [.manager, .administrator]),
        ("/phones", "Phones", [.administrator]), ("/administration", "Administration", [.administrator]),
    ]

    static func links(for role: UserRole, at path: String) -> [PageFrame.Link] {
        entries.filter { $0.roles.contains(role) }.map { entry in
            // An agent's first page is the desk.
            let path = role == .agent && path == "/" ? "/desk" : path.hasPrefix("/imports/") ? "/lists" : path
            let isHere = entry.path == "/" ? path == "/" : path == entry.path || path.hasPrefix(entry.path + "/")
            return PageFrame.Link(path: entry.path, label: entry.label, isHere: isHere)
        }
    }
}
