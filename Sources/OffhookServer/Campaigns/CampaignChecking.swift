import CampaignStore
import Campaigns
import Supervision

/// The check of a campaign's file, as the editor shows it while one types.
enum CampaignChecking {
    /// The name of the file in messages.
    static let file = "campaign.yaml"

    /// Reads and checks a draft.
    ///
    /// - Returns: what was found, and the draft where it can be stored.
    static func check(_ body: CampaignDraftBody, _ parts: ServerParts) throws -> (CampaignCheckView, CampaignDraft?) {
        let script = body.script.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
        do {
            let draft = try CampaignDraft(yaml: body.yaml, file: file) { name in
                guard let script else {
                    throw SupervisionError("\(file) names the script \(name), and the script is empty; write it.")
                }
                return script
            }
            guard script == nil || draft.campaign.script != nil else {
                throw SupervisionError(
                    "\(file) names no script, so nobody would see it; add the line: script: script.md")
            }
            let warnings = try draft.warnings(
                parts.share, own: parts.store.rulePacks(), in: parts.store, looksAtEach: false, at: parts.now())
            return (CampaignCheckView(isWell: true, name: draft.campaign.name, mistakes: [], warnings: warnings), draft)
        } catch let problems as FileProblems {
            return (
                CampaignCheckView(
                    isWell: false,
                    mistakes: problems.problems.map {
                        CampaignCheckView.Mistake(file: $0.file, line: $0.line, message: $0.message)
                    }, warnings: []), nil
            )
        } catch let error as SupervisionError {
            let mark = "\(file): "
            let text = error.description
            let message = text.hasPrefix(mark) ? String(text.dropFirst(mark.count)) : text
            return (
                CampaignCheckView(
                    isWell: false, mistakes: [CampaignCheckView.Mistake(file: file, message: message)], warnings: []),
                nil
            )
        }
    }

    /// A draft that can be stored.
    ///
    /// - Throws: ``Problem`` 422 with every mistake.
    static func draft(_ body: CampaignDraftBody, _ parts: ServerParts) throws -> CampaignDraft {
        let (view, draft) = try check(body, parts)
        guard let draft else {
            let lines = view.mistakes.map { mistake in
                "\(mistake.file)\(mistake.line.map { ", line \($0)" } ?? ""): \(mistake.message)"
            }
            throw Problem.invalid(["yaml": lines.joined(separator: "\n")])
        }
        return draft
    }
}
