import LinearAlgebra

extension ElementWorkspace {
    /// Evaluates the residual of a form: the entries of ``residual`` that belong to its equations.
    @inlinable
    public func evaluateResidual<Form: WeakForm>(of form: Form) {
        for point in 0..<pointCount {
            let first = point * components
            for component in 0..<components { densities[first + component] = .zero }
            var density = UnsafeMutableBufferPointer(start: densities + first, count: components).mutableSpan
            form.add(
                to: &density, fields: UnsafeBufferPointer(start: jets + first, count: components).span,
                previous: UnsafeBufferPointer(start: earlierJets + first, count: components).span,
                at: points[point])
        }
        sumResidual(of: form.equations ?? 0..<components)
    }

    /// Evaluates the residual of a form and its tangent, the derivatives of the residual with respect to the unknowns.
    ///
    /// The densities are differentiated for eight entries of the jets at a time, the last four or fewer on their own.
    ///
    /// - Parameter block: the components whose equations are differentiated with respect to themselves; the tangent has
    ///   values in this block only.
    @inlinable
    public func evaluateTangent<Form: WeakForm>(of form: Form, block: Range<Int>) {
        var input = 3 * block.lowerBound
        let end = 3 * block.upperBound
        while input < end {
            if end - input > 4 {
                differentiate(form, firstInput: input, SIMD8<Double>.self)
                input += 8
            } else {
                differentiate(form, firstInput: input, SIMD4<Double>.self)
                input += 4
            }
        }
        sumResidual(of: form.equations ?? 0..<components)
        sumTangent(block)
    }

    /// Calls `body` with the fields at every point of the element.
    @inlinable
    func forEachPoint(_ body: (Span<Jet<Double>>, QuadraturePoint) -> Void) {
        for point in 0..<pointCount {
            body(UnsafeBufferPointer(start: jets + point * components, count: components).span, points[point])
        }
    }

    /// Densities at all points, with their derivatives with respect to as many inputs as `Partials` has lanes.
    ///
    /// Input 3c + k is entry k (value, x, y) of the jet of component c.
    @inlinable
    func differentiate<Form: WeakForm, Partials: SIMD & PartialDerivatives>(
        _ form: Form, firstInput: Int, _: Partials.Type
    ) where Partials.Scalar == Double {
        func seed(_ input: Int) -> Dual<Partials> {
            var partials = Partials(repeating: 0)
            let lane = input - firstInput
            if partials.indices.contains(lane) { partials[lane] = 1 }
            return Dual(0, partials: partials)
        }
        let fields = duals.bindMemory(to: Jet<Dual<Partials>>.self, capacity: 2 * components)
        let densityJets = fields + components
        for component in 0..<components {
            fields[component] = Jet(
                value: seed(3 * component), x: seed(3 * component + 1), y: seed(3 * component + 2))
        }
        for point in 0..<pointCount {
            let first = point * components
            for component in 0..<components {
                let jet = jets[first + component]
                fields[component].value.value = jet.value
                fields[component].x.value = jet.x
                fields[component].y.value = jet.y
                densityJets[component] = .zero
            }
            var density = UnsafeMutableBufferPointer(start: densityJets, count: components).mutableSpan
            form.add(
                to: &density, fields: UnsafeBufferPointer(start: fields, count: components).span,
                previous: UnsafeBufferPointer(start: earlierJets + first, count: components).span,
                at: points[point])
            for component in 0..<components {
                let result = densityJets[component]
                densities[first + component] = Jet(
                    value: result.value.value, x: result.x.value, y: result.y.value)
                let rows = UnsafeMutableRawPointer(
                    derivatives + 3 * (first + component) * inputStride + firstInput)
                let distance = inputStride * MemoryLayout<Double>.stride
                rows.storeBytes(of: result.value.partials, as: Partials.self)
                rows.storeBytes(of: result.x.partials, toByteOffset: distance, as: Partials.self)
                rows.storeBytes(of: result.y.partials, toByteOffset: 2 * distance, as: Partials.self)
            }
        }
    }
}
