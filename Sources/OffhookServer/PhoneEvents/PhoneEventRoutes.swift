import Dialer
import HTTPTypes
import Hummingbird

/// What phones call when something happens on them (Action URL). It is a hint alone: the engine looks at the lines at once.
enum PhoneEventRoutes {
    static func add(to table: inout RouteTable, _ parts: ServerParts) {
        table.get(
            "/phone-events/{secret}/{device}/{event}", .secretInPath, "a phone says that something happened on it"
        ) { _, context in
            guard SecretText.areEqual(try context.path("secret"), parts.phoneSecret) else {
                throw Problem.notFound("such address")
            }
            guard await parts.engine.pollNow(device: try context.path("device")) else {
                throw Problem.notFound("phone of that name")
            }
            return Response(status: .noContent)
        }
    }
}
