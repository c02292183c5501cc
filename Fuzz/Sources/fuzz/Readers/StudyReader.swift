import Cases

/// Study files beside the files of `Files`: each point has its values.
@Sendable func readStudy(_ bytes: [UInt8]) {
    do throws(CaseErrors) {
        let study = try Study(bytes: bytes, path: "study.yaml")
        require(study.count > 0 && !study.axes.isEmpty, "a study without points")
        for point in [0, study.count / 2, study.count - 1] {
            require(study.coordinates(of: point).count == study.axes.count, "axes without a coordinate")
            require(study.overrides(of: point).count >= study.axes.count, "axes without an override")
        }
        for input in study.inputs { require(!input.name.contains("/"), "the input `\(input.name)` is a path") }
        _ = try? study.makeCase(of: study.count - 1)
    } catch {
        requirePlaces(of: error, in: bytes, of: "study.yaml")
    }
}
