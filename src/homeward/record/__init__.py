"""The public record: parties, agreements, exchanges, and who said what about them."""
