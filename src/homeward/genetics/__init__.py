"""What is measured: markers, frequencies, profiles, pedigrees, mutation, simulation."""
